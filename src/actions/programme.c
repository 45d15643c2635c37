// SPDX-License-Identifier: AGPL-3.0-or-later
// The programme of a dialogue (R68-R84) and its loudspeaker log (R94-R97, R101). An issued plan is
// frozen; a line of the log is struck out, never changed.
#include "actions/office.h"

#include "base/tr.h"

#include <string.h>

static struct refusal check_steps(const struct agenda *agenda)
{
    if (agenda->count < 1 || agenda->count > PROGRAMME_STEPS)
        return REFUSE_WHY(REFUSAL_INVALID, "step_title", N_("Chương trình có từ 1 đến 12 bước."));
    for (int i = 0; i < agenda->count; i++) {
        const struct agenda_item *step = &agenda->rows[i];
        if (step->step != i + 1) return REFUSE_FIELD(REFUSAL_INVALID, "step_title");
        if (*step->title == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "step_title");
        if (*step->owner == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "step_owner");
        if (step->minutes < 1 || step->minutes > PROGRAMME_MINUTES)
            return REFUSE_WHY(REFUSAL_INVALID, "step_minutes", N_("Số phút phải từ 1 đến 600."));
    }
    return ALLOWED;
}

enum status run_programme_write(struct act *act, struct store_tx *tx)
{
    const struct agenda *agenda = act->extra;
    struct dialogue d;
    enum role acting = ROLE_OFFICE;
    bool over;
    enum status status = office_dialogue(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    struct refusal form = act->form_refusal; // told after 403 and wrong_state
    act->form_refusal = ALLOWED;
    act->refusal = office_may(act, &d, WHO(ROLE_OFFICE), &acting);
    act->form_refusal = form;
    if (act->refusal.code == REFUSAL_NONE && d.state != DIALOGUE_DRAFTING)
        act->refusal = REFUSE_WHY(REFUSAL_WRONG_STATE, NULL,
                                  N_("Kế hoạch đã ban hành nên chương trình không sửa được nữa."));
    if (act->refusal.code == REFUSAL_NONE) act->refusal = form;
    if (act->refusal.code == REFUSAL_NONE) act->refusal = check_steps(agenda);
    if (act->refusal.code == REFUSAL_NONE && act->if_version >= 0 && act->if_version != d.version)
        act->refusal = REFUSE_FIELD(REFUSAL_STALE, "if_version");
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < agenda->count; i++)
        status = store_agenda_write(tx, act->unit, d.id, &agenda->rows[i]);
    if (status == STATUS_OK) status = store_agenda_trim(tx, act->unit, d.id, agenda->count);
    d.approved = false;
    if (status == STATUS_OK) status = act_write_dialogue(act, tx, &d, "programme", d.state, acting);
    act->answer.id = d.id;
    act->answer.state = (int)d.state;
    act->answer.version = d.version;
    return status == STATUS_OK ? act_end(act, tx) : status;
}

// ---- the loudspeaker log

static struct refusal may_broadcast(const struct act *act, const struct dialogue *d, int khom,
                                    enum role *ret_acting)
{
    uint32_t who = khom == 0 ? WHO(ROLE_CULTURE) | WHO(ROLE_OFFICE) : WHO(ROLE_KHOM);
    struct refusal refusal = office_may(act, d, who, ret_acting);
    if (refusal.code == REFUSAL_FORBIDDEN || refusal.code == REFUSAL_UNAUTHENTICATED)
        return refusal;
    if (khom != 0 && act->actor.person->khom != khom) return REFUSE(REFUSAL_FORBIDDEN);
    if (d->announced_ms == 0)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, N_("Hội nghị chưa được thông báo."));
    return refusal;
}

static struct refusal check_broadcast(const struct act *act, const struct broadcast *b)
{
    if (b->day == DAY_NONE) return REFUSE_FIELD(REFUSAL_REQUIRED, "day");
    if (b->day > instant_day(act->now_ms))
        return REFUSE_WHY(REFUSAL_INVALID, "day", N_("Ngày phát không thể ở sau hôm nay."));
    if (b->minute < 0 || b->minute >= 24 * 60) return REFUSE_FIELD(REFUSAL_INVALID, "time");
    if (b->times < 1 || b->times > 100)
        return REFUSE_WHY(REFUSAL_INVALID, "times", N_("Số lần đọc phải từ 1 đến 100."));
    if (*b->reader == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "reader");
    return ALLOWED;
}

static enum status broadcast_entry(struct act *act, struct store_tx *tx, const char *action,
                                   const struct broadcast *b, enum role acting)
{
    struct entry entry = {.role = acting,
                          .action = action,
                          .subject = arena_printf(&act->scratch, "broadcast %lld-%lld",
                                                  (long long)act->target, (long long)b->id)};
    struct digest d;
    office_digest_begin(act, &d);
    digest_int(&d, b->id);
    digest_int(&d, b->day);
    digest_int(&d, b->minute);
    digest_int(&d, b->times);
    digest_int(&d, b->khom);
    digest_text(&d, b->reader);
    digest_text(&d, b->note);
    digest_done(&d, entry.digest);
    return office_entry(act, tx, &entry, false);
}

enum status run_broadcast_add(struct act *act, struct store_tx *tx)
{
    struct broadcast b = *(const struct broadcast *)act->extra;
    struct dialogue d;
    enum role acting = ROLE_CULTURE;
    bool over;
    enum status status = office_dialogue(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = may_broadcast(act, &d, b.khom, &acting);
    if (act->refusal.code == REFUSAL_NONE) act->refusal = check_broadcast(act, &b);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    b.added_by = act->actor.person->username;
    b.at_ms = act->now_ms;
    status = store_broadcast_insert(tx, act->unit, d.id, &b);
    if (status == STATUS_OK) status = broadcast_entry(act, tx, "broadcast", &b, acting);
    act_happened(act, d.id, 0, "broadcast", false, d.version);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

enum status run_broadcast_strike(struct act *act, struct store_tx *tx)
{
    const int64_t *id = act->extra;
    struct dialogue d;
    struct broadcast_list list;
    enum role acting = ROLE_CULTURE;
    bool over;
    enum status status = office_dialogue(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    status = store_broadcasts(store_tx_sql(tx), act->unit, d.id, &act->scratch, &list);
    if (status != STATUS_OK) return status;
    const struct broadcast *found = NULL;
    for (int i = 0; i < list.count; i++)
        if (list.rows[i].id == *id) found = &list.rows[i];
    if (found == NULL) return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    act->refusal = may_broadcast(act, &d, found->khom, &acting);
    if (act->refusal.code == REFUSAL_NONE && found->struck)
        act->refusal = REFUSE(REFUSAL_WRONG_STATE);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    status = store_broadcast_strike(tx, act->unit, d.id, *id);
    if (status == STATUS_OK) status = broadcast_entry(act, tx, "broadcast_strike", found, acting);
    act_happened(act, d.id, 0, "broadcast", false, d.version);
    return status == STATUS_OK ? act_end(act, tx) : status;
}
