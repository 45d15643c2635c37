// SPDX-License-Identifier: AGPL-3.0-or-later
// A promise has a name that can keep it (invariant 4): an account that is closed, or that becomes
// an overseer's (invariant 8), hands over what it owes in the transaction that changes it.
#include "actions/handover.h"

#include <string.h>

#include "base/tr.h"
#include "store/dialogue.h"
#include "store/opinion.h"
#include "store/opinion_list.h"

/// The unit's people as they will be.
static struct people people_with(struct act *act, const struct person *as)
{
    const struct people *now = &act->facts->people;
    struct person *rows = arena_array(&act->scratch, struct person, (size_t)now->count);
    for (int i = 0; i < now->count; i++)
        rows[i] = strcmp(now->rows[i].username, as->username) == 0 ? *as : now->rows[i];
    return (struct people){rows, now->count};
}

static enum status hand_over_one(struct act *act, struct store_tx *tx, struct opinion *o,
                                 const struct people *people)
{
    struct dialogue d;
    struct opinion_case c;
    struct sql *sql = store_tx_sql(tx);
    struct opinion before = *o;
    enum status status = store_dialogue_load(sql, act->unit, o->dialogue, &act->scratch, &d);
    if (status == STATUS_OK) status = act_case(act, sql, &d, o, &c);
    if (status != STATUS_OK) return status;
    c.people = people;
    c.acting = ROLE_SYSTEM;
    opinion_hand_over(&c);
    c.event = "assigned";
    if (o->state == OPINION_OWED && *o->responsible == 0)
        return act->refusal = REFUSE_WHY(
                   REFUSAL_INVALID, "username",
                   N_("Tài khoản này còn nợ trả lời ý kiến mà chưa có ai khác nhận thay; hãy lập "
                      "tài khoản Văn phòng hoặc phân công người khác trước.")),
               STATUS_OK;
    return act_write_case(act, tx, &c, "hand_over", &before);
}

static bool holds(const struct opinion *o, const char *username)
{
    return strcmp(o->floor, username) == 0 ||
           (!o->responsible_is_body && strcmp(o->responsible, username) == 0);
}

enum status hand_over(struct act *act, struct store_tx *tx, const struct person *as)
{
    if (person_may_handle(as)) return STATUS_OK;
    struct opinion_filter filter = {.state = -1, .field = -1, .khom = -1};
    struct people people = people_with(act, as);
    struct opinion_rows rows = {.more = true};
    enum status status = STATUS_OK;
    while (status == STATUS_OK && rows.more) {
        status = store_opinion_list(store_tx_sql(tx), act->unit, &filter, &act->scratch, &rows);
        for (int i = 0; status == STATUS_OK && i < rows.count; i++) {
            struct opinion *o = &rows.rows[i];
            filter.after = o->id;
            if (!opinion_is_final(o->state) && holds(o, as->username))
                status = hand_over_one(act, tx, o, &people);
            if (act->refusal.code != REFUSAL_NONE) return status;
        }
    }
    return status;
}
