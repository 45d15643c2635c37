// SPDX-License-Identifier: AGPL-3.0-or-later
// Editing the minutes. No version is ever overwritten; what the chair signed is final.
#include "actions/minutes.h"

#include <string.h>

#include "actions/document_facts.h"
#include "actions/sealing.h"
#include "store/dialogue.h"

#include "base/tr.h"

static bool in_time(const struct dialogue *d)
{
    const unsigned states = 1u << DIALOGUE_OPEN | 1u << DIALOGUE_ADJOURNED | 1u << DIALOGUE_CLOSED;
    return (states & 1u << d->state) != 0 && d->minutes_chair_ms == 0;
}

static bool is_secretary(const struct dialogue *d, const struct actor *actor)
{
    return (dialogue_roles(d, actor) & WHO(ROLE_SECRETARY)) != 0;
}

bool minutes_may_edit(const struct dialogue *d, const struct actor *actor)
{
    return is_secretary(d, actor) && in_time(d);
}

static struct refusal check(const struct act *act, const struct dialogue *d, int64_t version)
{
    const struct minutes_text *given = act->extra;
    if (act->actor.kind == ACTOR_PUBLIC) return REFUSE(REFUSAL_UNAUTHENTICATED);
    if (!is_secretary(d, &act->actor)) return REFUSE(REFUSAL_FORBIDDEN);
    if (!in_time(d))
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL,
                          N_("Biên bản chỉ sửa được từ khi khai mạc đến khi chủ trì ký."));
    if (act->form_refusal.code != REFUSAL_NONE) return act->form_refusal;
    if (given->text == NULL || *given->text == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "text");
    if (act->if_version >= 0 && act->if_version != version)
        return REFUSE_FIELD(REFUSAL_STALE, "if_version");
    return ALLOWED;
}

static enum status write_version(struct act *act, struct store_tx *tx, const struct dialogue *d,
                                 const struct minutes *m)
{
    struct digest digest;
    struct entry entry = {.role = ROLE_SECRETARY,
                          .action = "minutes_edit",
                          .subject = arena_printf(&act->scratch, "minutes %lld", (long long)d->id),
                          .from_state = -1,
                          .to_state = -1,
                          .version = m->version};
    digest_init(&digest, NULL);
    digest_text(&digest, m->generated);
    digest_text(&digest, m->text);
    digest_done(&digest, entry.digest);
    enum status status = act_register(act, tx, CHAIN_MAIN, &entry);
    if (status == STATUS_OK) status = store_minutes_insert(tx, act->unit, d->id, m);
    act->answer.entry = entry.entry;
    return status;
}

/// What stands between the title and the signatures: head and signatures are the document's.
static const char *body_of(struct arena *arena, const char *whole)
{
    const char *begin = strstr(whole, "\nI. "), *end = NULL;
    begin = begin == NULL ? whole : begin + 1;
    for (const char *p = begin; (p = strstr(p, "\nTHƯ KÝ\n")) != NULL; p++)
        end = p;
    size_t len = end == NULL ? strlen(begin) : (size_t)(end - begin);
    while (len > 0 && begin[len - 1] == '\n')
        len--;
    return arena_strndup(arena, begin, len);
}

enum status minutes_draft(struct app *app, struct sql *sql, const struct minutes_of *of,
                          struct arena *arena, const char **ret_text)
{
    BUF out = {0};
    const struct document_request request = {.type = DOC_MINUTES,
                                             .unit = of->unit,
                                             .dialogue = of->dialogue,
                                             .draft = true,
                                             .now_ms = of->now_ms};
    struct document_file file = {.format = DOC_TXT, .out = &out};
    enum status status = document_make(app, sql, &request, arena, &file);
    if (status == STATUS_OK) *ret_text = body_of(arena, buf_text(&out));
    return status;
}

enum status minutes_keep_signed(struct act *act, struct store_tx *tx, const struct dialogue *d)
{
    struct minutes m = {0};
    struct sql *sql = store_tx_sql(tx);
    enum status status = store_minutes(sql, act->unit, d->id, &act->scratch, &m);
    if (status != STATUS_NOT_FOUND) return status;
    const struct minutes_of of = {act->unit, d->id, act->now_ms};
    status = minutes_draft(act->app, sql, &of, &act->scratch, &m.generated);
    if (status == STATUS_OK) status = act_without_sealed(act, sql, d->id, &m.generated);
    if (status != STATUS_OK) return status;
    m.version = 1;
    m.text = m.generated;
    m.edited_by = act->actor.person->username;
    m.edited_ms = act->now_ms;
    int64_t entry = act->answer.entry; // the answer's is the signature
    status = write_version(act, tx, d, &m);
    act->answer.entry = entry;
    return status;
}

enum status run_minutes_edit(struct act *act, struct store_tx *tx)
{
    bool replayed;
    struct sql *sql = store_tx_sql(tx);
    struct dialogue d;
    struct minutes last = {0};
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK || replayed) return status;
    status = store_dialogue_load(sql, act->unit, act->target, &act->scratch, &d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(&d, &act->actor)))
        return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    if (status == STATUS_OK) status = store_minutes(sql, act->unit, d.id, &act->scratch, &last);
    if (status == STATUS_NOT_FOUND) status = STATUS_OK; // the first version
    if (status != STATUS_OK) return status;
    act->refusal = check(act, &d, last.version);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;

    const struct minutes_text *given = act->extra;
    const char *text = given->text, *generated = given->generated;
    status = act_without_sealed(act, sql, d.id, &text);
    if (status == STATUS_OK) status = act_without_sealed(act, sql, d.id, &generated);
    if (status != STATUS_OK) return status;
    const struct minutes m = {.version = last.version + 1,
                              .generated = generated,
                              .text = text,
                              .edited_by = act->actor.person->username,
                              .edited_ms = act->now_ms};
    status = write_version(act, tx, &d, &m);
    if (status == STATUS_OK && d.minutes_secretary_ms != 0) {
        d.minutes_secretary_ms = 0; // another text than the one that was signed
        int64_t entry = act->answer.entry;
        status = act_write_dialogue(act, tx, &d, "minutes_edit", d.state, ROLE_SECRETARY);
        act->answer.entry = entry;
    }
    if (status != STATUS_OK) return status;
    act->answer.id = d.id;
    act->answer.state = (int)d.state;
    act->answer.version = m.version;
    return act_end(act, tx);
}
