// SPDX-License-Identifier: AGPL-3.0-or-later
// The weeks before the dialogue, done again in a second: plan, announcement, invitations, what
// people sent. Each step is an action with its entry, so the rehearsal verifies like any ward.
#include "cli/rehearsal.h"

#include <string.h>

#include "actions/password.h"
#include "actions/setup.h"

/// Days before the opening.
enum { DAYS_SETUP = 46, DAYS_PLAN = 45, DAYS_ISSUE = 40, DAYS_ANNOUNCE = 35, DAYS_ASK = 12 };
enum { DAYS_RELAY = 11, MINUTES_BEFORE = 15 };

struct play {
    struct rehearsal *r;
    struct app *app;
    int64_t dialogue, now_ms;
};

// ---- one step

static void set_clock(struct play *p, int days_before, int minutes)
{
    p->now_ms = p->r->starts_ms - days_before * DAY_MS + minutes * MINUTE_MS;
    p->app->clock = clock_starting_at(p->now_ms);
}

static struct act *step(struct play *p, const char *username)
{
    struct act *act = act_new(p->app, 1);
    act->caller = (struct caller){.kind = username != NULL ? ACTOR_ACCOUNT : ACTOR_PUBLIC,
                                  .username = username};
    act->target = p->dialogue;
    return act;
}

static struct act *dialogue_step(struct play *p, const char *username, enum dialogue_action action)
{
    struct act *act = step(p, username);
    act->run = run_dialogue_action;
    act->action = action;
    return act;
}

static void give(struct act *act, enum param_id id, const char *text)
{
    act->params.at[id].given = true;
    act->params.at[id].text = text;
}

static void give_number(struct act *act, enum param_id id, int64_t number)
{
    act->params.at[id].given = true;
    act->params.at[id].number = number;
}

/// Takes the act. The id of the answer, -1 when it was refused.
static int64_t done(struct play *p, const char *what, struct act *act)
{
    enum status status = act_do(act);
    const char *why = status != STATUS_OK                 ? status_name(status)
                      : act->refusal.code != REFUSAL_NONE ? refusal_rows[act->refusal.code].code
                                                          : NULL;
    int64_t id = why == NULL ? act->answer.id : -1;
    if (why != NULL)
        snprintf(p->r->wrong, sizeof(p->r->wrong), "%s: %s %s", what, why,
                 act->refusal.field != NULL ? act->refusal.field : "");
    act_free(act);
    return id;
}

// ---- the ward

static enum status write_facts(struct store_tx *tx, void *arg)
{
    const struct rehearsal *r = arg;
    struct unit_head head;
    enum status status = store_head_lock(tx, 1, &head);
    for (int i = 0; status == STATUS_OK && i < r->khoms.count; i++)
        status = store_khom_write(tx, 1, &r->khoms.rows[i]);
    for (size_t i = 0; status == STATUS_OK && i < r->calendar.count; i++)
        status = store_holiday_write(tx, 1, &r->calendar.days[i]);
    return status;
}

static bool make_ward(struct play *p, const char *password)
{
    struct rehearsal *r = p->r;
    char hash[PASSWORD_HASH_TEXT], clock[INSTANT_TEXT]; // one hash for all: it is slow on purpose
    struct account *accounts = arena_array(&r->arena, struct account, REHEARSAL_PEOPLE);
    struct setting settings[REHEARSAL_SETTINGS + 1];
    bool hashed = password_hash(password, hash);
    for (int i = 0; i < r->cast_count; i++)
        accounts[i] =
            (struct account){.person = r->cast[i].person, .password_hash = hash, .version = 1};
    memcpy(settings, r->settings, sizeof(r->settings));
    instant_format(r->starts_ms - MINUTES_BEFORE * MINUTE_MS, clock);
    settings[r->setting_count] = (struct setting){"clock", clock};
    struct setup setup = {.admin_password = password,
                          .accounts = accounts,
                          .account_count = r->cast_count,
                          .settings = settings,
                          .setting_count = r->setting_count + 1};
    set_clock(p, DAYS_SETUP, 0);
    enum status status = hashed ? setup_unit(p->app, 1, &setup) : STATUS_BROKEN;
    if (status == STATUS_OK) status = store_run(p->app->store, write_facts, r);
    if (status != STATUS_OK) snprintf(r->wrong, sizeof(r->wrong), "%s", status_name(status));
    return status == STATUS_OK;
}

// ---- the dialogue until it is announced

static bool make_plan(struct play *p)
{
    const struct dialogue *d = &p->r->dialogue;
    char month[DAY_TEXT];
    day_format(instant_day(p->r->starts_ms), month);
    set_clock(p, DAYS_PLAN, 0);
    struct act *act = step(p, "vanphong");
    act->run = run_dialogue_create;
    give(act, PARAM_TITLE, d->title);
    give(act, PARAM_PLACE, d->place);
    give(act, PARAM_PLANNED, arena_strndup(&act->input, month, 7));
    give_number(act, PARAM_YEAR, d->year);
    give_number(act, PARAM_PROFILE, deadline_profile_row(d->profile)->year);
    give_number(act, PARAM_SEATS, d->seats);
    p->dialogue = done(p, "create", act);
    if (p->dialogue < 0 || p->r->agenda.count == 0) return p->dialogue >= 0;
    act = step(p, "vanphong");
    act->run = run_programme_write;
    act->extra = &p->r->agenda;
    act->if_version = -1;
    return done(p, "programme", act) >= 0;
}

static bool appoint(struct play *p, enum role role, const char *username)
{
    struct act *act = dialogue_step(p, "vanphong", DACT_APPOINT);
    give_number(act, PARAM_ROLE, role);
    give(act, PARAM_USERNAME, username);
    return done(p, "appoint", act) >= 0;
}

static bool appoint_all(struct play *p)
{
    const char *reader = p->r->second_reader;
    return appoint(p, ROLE_CHAIR, "chutich") && appoint(p, ROLE_SECRETARY, "thuky") &&
           (!p->r->has_deputy || appoint(p, ROLE_DEPUTY, "phochutich")) &&
           (reader == NULL || appoint(p, ROLE_SECOND_READER, reader));
}

static bool announce(struct play *p)
{
    if (done(p, "approve", dialogue_step(p, "chutich", DACT_APPROVE)) < 0) return false;
    set_clock(p, DAYS_ISSUE, 0);
    struct act *act = dialogue_step(p, "vanthu", DACT_ISSUE);
    give_number(act, PARAM_DATE, instant_day(p->now_ms));
    if (done(p, "issue", act) < 0) return false;
    set_clock(p, DAYS_ANNOUNCE, 0);
    act = dialogue_step(p, "vanphong", DACT_ANNOUNCE);
    give_number(act, PARAM_STARTS_AT, p->r->starts_ms);
    give_number(act, PARAM_OPINIONS_FROM, p->now_ms);
    give_number(act, PARAM_OPINIONS_UNTIL, p->r->starts_ms);
    return done(p, "announce", act) >= 0;
}

static bool invite(struct play *p)
{
    set_clock(p, DAYS_ANNOUNCE, 60);
    struct act *act = step(p, "vanphong");
    act->run = run_invite_staff;
    if (done(p, "invite_staff", act) < 0) return false;
    if (p->r->invitee_count == 0) return true;
    act = step(p, "vanphong");
    struct invite *list = arena_new(&act->input, struct invite);
    *list = (struct invite){p->r->invitees, p->r->invitee_count, true};
    act->run = run_invite;
    act->extra = list;
    return done(p, "invite", act) >= 0;
}

// ---- what people sent, invented

static const char *const asked[] = {
    "Đoạn đường trước nhà tôi hay ngập khi mưa lớn. Bao giờ phường cho khơi cống?",
    "Đề nghị phường cho biết thời gian giải quyết hồ sơ ở Bộ phận Một cửa và cách đặt lịch trước.",
    "Đèn chiếu sáng ở hẻm hỏng đã lâu, buổi tối đi lại không an toàn. Khi nào sửa?",
    "Quán ăn gần khu dân cư mở nhạc lớn sau 22 giờ. Phường xử lý thế nào?",
    "Gia đình tôi thuộc hộ cận nghèo, muốn hỏi về hỗ trợ mua bảo hiểm y tế.",
    "Chợ tự phát lấn lòng đường mỗi sáng. Đề nghị phường sắp xếp chỗ bán cho bà con.",
    "Khóm tôi thiếu sân chơi cho trẻ em. Phường có kế hoạch gì không?",
};

static void fill_author(struct submission *s, struct arena *arena, const struct invented_opinion *o,
                        int i)
{
    s->author_type = o->author;
    if (o->author == AUTHOR_BUSINESS)
        s->organisation = arena_printf(arena, "Doanh nghiệp %d", i + 1);
    if (o->author != AUTHOR_ANONYMOUS) s->name = arena_printf(arena, "Người dân %d", i + 1);
}

static bool relay(struct play *p, int64_t opinion)
{
    struct act *act = step(p, "thuky");
    act->run = run_opinion_action;
    act->action = opinion_action_parse("relay");
    act->target = opinion;
    return done(p, "relay", act) >= 0;
}

static bool ask_all(struct play *p)
{
    int64_t ids[REHEARSAL_OPINIONS] = {0};
    for (int i = 0; i < p->r->opinion_count; i++) {
        const struct invented_opinion *o = &p->r->opinions[i];
        set_clock(p, DAYS_ASK, i);
        struct act *act = step(p, NULL);
        act->run = run_opinion_submit;
        act->submission =
            (struct submission){.content = arena_printf(&act->input, "(Diễn tập) %s",
                                                        asked[(size_t)i % ARRAY_LEN(asked)]),
                                .kind = o->kind,
                                .field = o->field,
                                .channel = -1,
                                .wants = -1,
                                .reply_by = -1,
                                .khom = o->khom};
        fill_author(&act->submission, &act->input, o, i);
        ids[i] = done(p, "submit", act);
        if (ids[i] < 0) return false;
    }
    for (int i = 0; i < p->r->opinion_count; i++) {
        set_clock(p, DAYS_RELAY, i);
        if (p->r->opinions[i].relayed && !relay(p, ids[i])) return false;
    }
    return true;
}

bool rehearsal_play(struct rehearsal *r, struct app *app, const char *password)
{
    struct play p = {.r = r, .app = app};
    return make_ward(&p, password) && make_plan(&p) && appoint_all(&p) && announce(&p) &&
           invite(&p) && ask_all(&p);
}
