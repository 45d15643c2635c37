// SPDX-License-Identifier: AGPL-3.0-or-later
// A dialogue made and moved on; closing, reopening and cancelling carry its opinions with them in
// the same transaction.
#include "actions/hall.h"
#include "actions/issuing.h"
#include "actions/minutes.h"

#include <string.h>

#include "store/dialogue.h"
#include "store/opinion.h"

/// The five steps of the plan (R68-R84); minutes and owners are the office's to edit.
static const struct agenda_item STEPS[] = {
    {1, "Nêu lý do, giới thiệu đại biểu, chương trình, nội quy; cử thư ký",
     "Văn phòng Ủy ban nhân dân phường", 10, AGENDA_AUTHORITY, 0, 0},
    {2, "Báo cáo mục đích, yêu cầu, nội dung chủ yếu của cuộc đối thoại",
     "Chủ tịch Ủy ban nhân dân phường", 20, AGENDA_AUTHORITY, 0, 0},
    {3, "Nhân dân, doanh nghiệp phát biểu ý kiến hoặc gửi câu hỏi qua thư ký",
     "Nhân dân, doanh nghiệp", 60, AGENDA_PEOPLE, 0, 0},
    {4, "Giải thích, trao đổi, tiếp thu, trả lời; phân công trả lời theo thẩm quyền",
     "Chủ trì và công chức chuyên môn", 50, AGENDA_BOTH, 0, 0},
    {5, "Trao đổi tiếp, thống nhất kết luận", "Chủ trì và Nhân dân, doanh nghiệp", 25, AGENDA_BOTH,
     0, 0},
};

static enum status write_agenda(struct act *act, struct store_tx *tx, int64_t dialogue)
{
    struct agenda copied = {STEPS, (int)ARRAY_LEN(STEPS)};
    enum status status = STATUS_OK;
    if (act->params.at[PARAM_COPY_FROM].given)
        status = store_agenda(store_tx_sql(tx), act->unit, act->params.at[PARAM_COPY_FROM].number,
                              &act->scratch, &copied);
    for (int i = 0; status == STATUS_OK && i < copied.count; i++) {
        struct agenda_item item = copied.rows[i];
        item.started_ms = item.ended_ms = 0;
        status = store_agenda_write(tx, act->unit, dialogue, &item);
    }
    return status;
}

static const struct param_use CREATE[] = {
    {PARAM_TITLE, true}, {PARAM_YEAR, true},  {PARAM_PROFILE, true},    {PARAM_PLANNED, true},
    {PARAM_PLACE, true}, {PARAM_SEATS, true}, {PARAM_COPY_FROM, false},
};

static struct refusal check_create(struct act *act)
{
    if (act->actor.kind == ACTOR_PUBLIC) return REFUSE(REFUSAL_UNAUTHENTICATED);
    if ((dialogue_roles(NULL, &act->actor) & WHO(ROLE_OFFICE)) == 0)
        return REFUSE(REFUSAL_FORBIDDEN);
    if (act->form_refusal.code != REFUSAL_NONE) return act->form_refusal;
    return params_check(CREATE, (int)ARRAY_LEN(CREATE), &act->params);
}

enum status run_dialogue_create(struct act *act, struct store_tx *tx)
{
    bool replayed;
    struct sql *sql = store_tx_sql(tx);
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK || replayed) return status;
    act->refusal = check_create(act);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    struct dialogue d = {.state = DIALOGUE_DRAFTING,
                         .title = "",
                         .place = "",
                         .planned = "",
                         .number = "",
                         .symbol = "",
                         .issued_day = DAY_NONE,
                         .reason = "",
                         .conclusion = "",
                         .profile = deadline_profile_on(instant_day(act->now_ms))};
    for (int i = 0; i < APPOINT_COUNT; i++)
        d.appointed[i] = "";
    if (act->params.at[PARAM_COPY_FROM].given) {
        struct dialogue from;
        status = store_dialogue_load(sql, act->unit, act->params.at[PARAM_COPY_FROM].number,
                                     &act->scratch, &from);
        if (status == STATUS_NOT_FOUND)
            return act->refusal = REFUSE_FIELD(REFUSAL_INVALID, "copy_from"), STATUS_OK;
        if (status != STATUS_OK) return status;
        memcpy(d.appointed, from.appointed, sizeof(d.appointed));
    }
    struct params plan = act->params; // the plan's fields are checked as an update's are
    plan.at[PARAM_COPY_FROM].given = false;
    struct dialogue_case c = {.arena = &act->scratch,
                              .now_ms = act->now_ms,
                              .people = &act->facts->people,
                              .actor = &act->actor,
                              .params = &plan,
                              .form_refusal = act->form_refusal,
                              .dialogue = &d};
    act->refusal = dialogue_act(&c, DACT_UPDATE);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    status = store_dialogue_last(sql, act->unit, &d.id);
    if (status != STATUS_OK) return status;
    d.id++;
    status = store_dialogue_insert(tx, act->unit, &d); // version 0; the entry makes it 1
    if (status == STATUS_OK)
        status = act_write_dialogue(act, tx, &d, "create", DIALOGUE_DRAFTING, ROLE_OFFICE);
    if (status == STATUS_OK) status = write_agenda(act, tx, d.id);
    if (status != STATUS_OK) return status;
    act->answer.id = d.id;
    act->answer.state = (int)d.state;
    act->answer.version = d.version;
    return act_end(act, tx);
}

/// Invariant 4 at the close: everything still open in the hall becomes owed, by somebody, until a
/// day.
static bool close_one(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    const unsigned turns = 1u << OPINION_RECEIVED | 1u << OPINION_RELAYED | 1u << OPINION_ON_FLOOR;
    int32_t start = instant_day(c->dialogue->closed_ms);
    if (turns & 1u << o->state) {
        o->before_close = o->state;
        opinion_become_owed(c, NULL, start);
        o->close_version = o->version + 1;
        return true;
    }
    // Owed before the close counted provisionally; now it counts from the close. A date that a
    // person set stays.
    if ((o->state == OPINION_OWED || o->state == OPINION_REFERRED) && !o->due_set_by_person) {
        opinion_recount(c, start);
        return true;
    }
    return false;
}

static bool reopen_one(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    bool untouched = o->before_close != OPINION_STATE_COUNT && o->close_version == o->version &&
                     o->close_version != 0;
    if (!untouched || o->state != OPINION_OWED) return false;
    o->state = o->before_close;
    o->before_close = OPINION_STATE_COUNT;
    o->close_version = 0;
    o->responsible = "";
    o->due_start = o->due_legal = o->due_safe = DAY_NONE;
    c->event = "reopened";
    return true;
}

static bool cancel_one(struct opinion_case *c, bool carry, int64_t to)
{
    if (opinion_is_final(c->opinion->state)) return false;
    if (carry) {
        c->opinion->dialogue = to;
        c->event = "carried";
        return true;
    }
    if (c->opinion->state == OPINION_ANSWERED || c->opinion->state == OPINION_OWED ||
        c->opinion->state == OPINION_REFERRED)
        return false;
    opinion_become_owed(c, NULL, c->today);
    return true;
}

static enum status carry_effect(struct act *act, struct store_tx *tx, struct dialogue *d,
                                enum dialogue_effect effect)
{
    struct sql *sql = store_tx_sql(tx);
    struct id_list ids;
    enum status status = store_dialogue_opinion_ids(sql, act->unit, d->id, &act->scratch, &ids);
    bool carry =
        effect == EFFECT_CANCEL && act->params.at[PARAM_OPINIONS].number == ON_CANCEL_CARRY;
    static const char *const names[] = {"", "close", "reopen", "cancel"};
    for (size_t i = 0; status == STATUS_OK && i < ids.count; i++) {
        struct opinion o;
        struct opinion_case c;
        status = store_opinion_load(sql, act->unit, ids.ids[i], &act->scratch, &o);
        struct opinion before = o;
        if (status == STATUS_OK) status = act_case(act, sql, d, &o, &c);
        if (status != STATUS_OK) break;
        c.acting = ROLE_SYSTEM;
        c.behalf = BEHALF_SELF;
        c.proof.given = false;
        bool changed = effect == EFFECT_CLOSE ? close_one(&c)
                       : effect == EFFECT_REOPEN
                           ? reopen_one(&c)
                           : cancel_one(&c, carry, act->params.at[PARAM_CARRY_TO].number);
        if (changed) status = act_write_case(act, tx, &c, names[effect], &before);
    }
    return status;
}

static enum status check_carry_to(struct act *act, struct sql *sql)
{
    if (act->action != DACT_CANCEL || !act->params.at[PARAM_CARRY_TO].given) return STATUS_OK;
    struct dialogue to;
    enum status status = store_dialogue_load(sql, act->unit, act->params.at[PARAM_CARRY_TO].number,
                                             &act->scratch, &to);
    bool over = status == STATUS_OK && (to.state == DIALOGUE_COMPLETED ||
                                        to.state == DIALOGUE_CANCELLED || to.minutes_chair_ms != 0);
    if (status == STATUS_NOT_FOUND || over) {
        act->refusal = REFUSE_FIELD(REFUSAL_INVALID, "carry_to");
        return STATUS_OK;
    }
    return status;
}

enum status run_dialogue_action(struct act *act, struct store_tx *tx)
{
    bool replayed;
    struct sql *sql = store_tx_sql(tx);
    struct dialogue d;
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK || replayed) return status;
    if (act->actor.kind == ACTOR_PUBLIC)
        return act->refusal = REFUSE(REFUSAL_UNAUTHENTICATED), STATUS_OK;
    status = store_dialogue_load(sql, act->unit, act->target, &act->scratch, &d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(&d, &act->actor)))
        return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    if (status == STATUS_OK && act->action == DACT_COMPLETE)
        status = store_dialogue_count_open(sql, act->unit, &d);
    if (status != STATUS_OK) return status;
    enum dialogue_state from = d.state;
    int64_t version = d.version;
    struct dialogue_case c = {.arena = &act->scratch,
                              .now_ms = act->now_ms,
                              .people = &act->facts->people,
                              .actor = &act->actor,
                              .behalf = act->behalf,
                              .params = &act->params,
                              .form_refusal = act->form_refusal,
                              .dialogue = &d};
    act->refusal = dialogue_act(&c, (enum dialogue_action)act->action);
    if (act->refusal.code == REFUSAL_NONE && act->if_version >= 0 && act->if_version != version)
        act->refusal = REFUSE_FIELD(REFUSAL_STALE, "if_version");
    if (act->refusal.code == REFUSAL_NONE) status = check_carry_to(act, sql);
    bool issues = act->action == DACT_ISSUE && act->refusal.code == REFUSAL_NONE, external = false;
    if (status == STATUS_OK && issues) status = issue_settle_plan(act, sql, &d, &external);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;

    if (act->action == DACT_SIGN_MINUTES && c.acting == ROLE_SECRETARY)
        status = minutes_keep_signed(act, tx, &d);
    if (status != STATUS_OK) return status;
    status = act_write_dialogue(act, tx, &d, dialogue_rules[act->action].code, from, c.acting);
    if (status == STATUS_OK && c.effect != EFFECT_NONE)
        status = carry_effect(act, tx, &d, c.effect);
    if (status == STATUS_OK) status = hall_follow_dialogue(act, tx, &d);
    if (status == STATUS_OK && issues) status = issue_plan(act, tx, &d, external);
    if (status != STATUS_OK) return status;
    act->answer.id = d.id;
    act->answer.state = (int)d.state;
    act->answer.version = d.version;
    return act_end(act, tx);
}
