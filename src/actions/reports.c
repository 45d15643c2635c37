// SPDX-License-Identifier: AGPL-3.0-or-later
// Texts of the reports and the hand-over of the synthesis. What was wrong is struck out, never
// removed.
#include "actions/reports.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/tr.h"

enum { SYNTHESIS_DAYS_MOST = 365 };

int32_t synthesis_due(const struct unit_facts *facts, const struct dialogue *d)
{
    if (d->closed_ms == 0) return DAY_NONE;
    int days = (int)strtol(setting_of(&facts->settings, "synthesis_days", "0"), NULL, 10);
    if (days < 1 || days > SYNTHESIS_DAYS_MOST)
        days = deadline_term(d->profile, DEADLINE_SYNTHESIS)->length;
    return deadline_compute_length(DEADLINE_SYNTHESIS, d->profile, instant_day(d->closed_ms), days,
                                   &facts->calendar)
        .legal_day;
}

// ---- texts

void dialogue_text_digest(int64_t dialogue, enum paper_text name, const struct dialogue_text *text,
                          unsigned char ret_digest[DIGEST_BYTES])
{
    struct digest d;
    digest_init(&d, NULL);
    digest_bytes(&d, text->salt, SALT_BYTES);
    digest_int(&d, dialogue);
    digest_int(&d, (int64_t)name);
    digest_int(&d, text->version);
    digest_text(&d, text->text);
    digest_text(&d, text->edited_by);
    digest_int(&d, text->edited_ms);
    digest_done(&d, ret_digest);
}

static enum status write_text(struct act *act, struct store_tx *tx, enum paper_text name,
                              const struct dialogue_text *was, enum role acting)
{
    const char *text = ((const struct paper_texts *)act->extra)->at[name];
    if (text == NULL || strcmp(was->text, text) == 0) return STATUS_OK;
    struct dialogue_text now = {.version = was->version + 1,
                                .text = text,
                                .edited_by = act->actor.person->username,
                                .edited_ms = act->now_ms};
    random_fill(now.salt, SALT_BYTES);
    struct entry entry = {.role = acting,
                          .action = "text",
                          .subject = arena_printf(&act->scratch, "text %lld-%s",
                                                  (long long)act->target, paper_text_codes[name]),
                          .version = now.version};
    dialogue_text_digest(act->target, name, &now, entry.digest);
    enum status status = store_dialogue_text_write(tx, act->unit, act->target, name, &now);
    return status == STATUS_OK ? office_entry(act, tx, &entry, false) : status;
}

enum status run_texts_write(struct act *act, struct store_tx *tx)
{
    struct dialogue_texts was;
    struct dialogue d;
    enum role acting = ROLE_OFFICE;
    bool over;
    enum status status = office_dialogue(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = office_may(act, &d, WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR), &acting);
    if (act->refusal.code == REFUSAL_NONE &&
        (d.state == DIALOGUE_COMPLETED || d.state == DIALOGUE_CANCELLED))
        act->refusal = REFUSE(REFUSAL_WRONG_STATE);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    status = store_dialogue_texts(store_tx_sql(tx), act->unit, d.id, &act->scratch, &was);
    for (int i = 0; status == STATUS_OK && i < PAPER_TEXT_COUNT; i++)
        status = write_text(act, tx, (enum paper_text)i, &was.at[i], acting);
    act_happened(act, d.id, 0, "text", false, d.version);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

// ---- hand-overs

void dispatch_digest(int64_t dialogue, const struct dispatch *x,
                     unsigned char ret_digest[DIGEST_BYTES])
{
    const char *const texts[] = {x->type, x->recipient, x->receiver, x->note, x->added_by};
    struct digest d;
    digest_init(&d, NULL);
    digest_bytes(&d, x->salt, SALT_BYTES);
    digest_int(&d, dialogue);
    digest_int(&d, x->id);
    digest_int(&d, x->version);
    digest_int(&d, x->day);
    digest_int(&d, x->at_ms);
    digest_int(&d, x->struck);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        digest_text(&d, texts[i]);
    digest_done(&d, ret_digest);
}

static struct refusal may_dispatch(const struct act *act, const struct dialogue *d,
                                   enum role *ret_acting)
{
    struct refusal form = act->form_refusal;
    struct refusal refusal = office_may(act, d, WHO(ROLE_OFFICE) | WHO(ROLE_ARCHIVIST), ret_acting);
    if (refusal.code == REFUSAL_FORBIDDEN || refusal.code == REFUSAL_UNAUTHENTICATED)
        return refusal;
    if (d->closed_ms == 0)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL,
                          N_("Báo cáo tổng hợp có khi hội nghị đã bế mạc."));
    return form;
}

static struct refusal check_dispatch(const struct act *act, const struct dialogue *d,
                                     const struct dispatch *x)
{
    if (strcmp(x->type, "synthesis") != 0) return REFUSE_FIELD(REFUSAL_INVALID, "type");
    if (x->day == DAY_NONE) return REFUSE_FIELD(REFUSAL_REQUIRED, "day");
    if (x->day > instant_day(act->now_ms))
        return REFUSE_WHY(REFUSAL_INVALID, "day", N_("Ngày giao không thể ở sau hôm nay."));
    if (x->day < instant_day(d->closed_ms))
        return REFUSE_WHY(REFUSAL_INVALID, "day", N_("Ngày giao không thể ở trước ngày bế mạc."));
    if (*x->recipient == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "recipient");
    if (*x->receiver == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "receiver");
    return ALLOWED;
}

static enum status dispatch_entry(struct act *act, struct store_tx *tx, const char *action,
                                  const struct dispatch *x, enum role acting)
{
    struct entry entry = {.role = acting,
                          .action = action,
                          .subject = arena_printf(&act->scratch, "dispatch %lld-%lld",
                                                  (long long)act->target, (long long)x->id),
                          .version = x->version};
    dispatch_digest(act->target, x, entry.digest);
    act->answer.id = x->id;
    return office_entry(act, tx, &entry, false);
}

enum status run_dispatch_add(struct act *act, struct store_tx *tx)
{
    struct dispatch x = *(const struct dispatch *)act->extra;
    struct dialogue d;
    enum role acting = ROLE_OFFICE;
    bool over;
    enum status status = office_dialogue(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = may_dispatch(act, &d, &acting);
    if (act->refusal.code == REFUSAL_NONE) act->refusal = check_dispatch(act, &d, &x);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    x.added_by = act->actor.person->username;
    x.at_ms = act->now_ms;
    random_fill(x.salt, SALT_BYTES);
    status = store_dispatch_insert(tx, act->unit, d.id, &x);
    if (status == STATUS_OK) status = dispatch_entry(act, tx, "dispatch", &x, acting);
    act_happened(act, d.id, 0, "dispatch", false, d.version);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

enum status run_dispatch_strike(struct act *act, struct store_tx *tx)
{
    const int64_t *id = act->extra;
    struct dialogue d;
    struct dispatch_list list;
    struct dispatch found = {0};
    enum role acting = ROLE_OFFICE;
    bool over;
    enum status status = office_dialogue(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = may_dispatch(act, &d, &acting);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    status = store_dispatches(store_tx_sql(tx), act->unit, d.id, &act->scratch, &list);
    if (status != STATUS_OK) return status;
    for (int i = 0; i < list.count; i++)
        if (list.rows[i].id == *id) found = list.rows[i];
    if (found.id == 0) return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    if (found.struck) return act->refusal = REFUSE(REFUSAL_WRONG_STATE), STATUS_OK;
    found.struck = true;
    found.version++;
    random_fill(found.salt, SALT_BYTES);
    status = store_dispatch_strike(tx, act->unit, d.id, &found);
    if (status == STATUS_OK) status = dispatch_entry(act, tx, "dispatch_strike", &found, acting);
    act_happened(act, d.id, 0, "dispatch", false, d.version);
    return status == STATUS_OK ? act_end(act, tx) : status;
}
