// SPDX-License-Identifier: AGPL-3.0-or-later
// Any action on an opinion: load, decide (domain/), write; with its group, its parts, its dialogue.
#include "actions/act.h"

#include <string.h>

#include "store/dialogue.h"
#include "store/hall.h"
#include "store/opinion.h"
#include "store/opinion_list.h"

/// Whoever leads a group after somebody left: the lowest number; one alone is no group.
static enum status regroup(struct act *act, struct store_tx *tx, struct dialogue *d, int64_t lead)
{
    struct opinion_rows members;
    enum status status =
        store_opinions_of_group(store_tx_sql(tx), act->unit, d->id, lead, &act->scratch, &members);
    if (status != STATUS_OK) return status;
    int64_t next = members.count > 1 ? members.rows[0].id : 0;
    for (int i = 0; i < members.count && next != lead; i++) {
        struct opinion before = members.rows[i];
        struct opinion_case c;
        status = act_case(act, store_tx_sql(tx), d, &members.rows[i], &c);
        if (status != STATUS_OK) return status;
        c.acting = ROLE_SYSTEM;
        c.opinion->group_lead = next;
        status = act_write_case(act, tx, &c, "regroup", &before);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/// What the chair does to the lead is done to every member, each from its own state.
static enum status act_on_members(struct act *act, struct store_tx *tx,
                                  const struct opinion_case *lead_case,
                                  const struct opinion *lead_before)
{
    struct opinion_rows members;
    struct dialogue *d = lead_case->dialogue;
    int64_t lead = lead_before->id;
    enum status status =
        store_opinions_of_group(store_tx_sql(tx), act->unit, d->id, lead, &act->scratch, &members);
    for (int i = 0; status == STATUS_OK && i < members.count; i++) {
        if (members.rows[i].id == lead) continue;
        struct opinion before = members.rows[i], row = before;
        struct opinion_case c;
        status = act_case(act, store_tx_sql(tx), d, &row, &c);
        if (status != STATUS_OK) break;
        c.judged = lead_case->judged;
        c.with_lead = true;
        // Who was given the floor on the lead speaks to all of them.
        if (lead_case->acting == ROLE_FLOOR) row.floor = lead_before->floor;
        if (opinion_act(&c, (enum opinion_action)act->action).code != REFUSAL_NONE)
            continue; // its own state says no
        status = act_write_case(act, tx, &c, opinion_rules[act->action].code, &before);
    }
    return status;
}

static enum status write_parts(struct act *act, struct store_tx *tx, struct opinion_case *c,
                               enum status status)
{
    int64_t *numbers = arena_array(&act->scratch, int64_t, (size_t)c->part_count + 1);
    numbers[0] = c->opinion->id;
    for (int i = 0; status == STATUS_OK && i < c->part_count; i++) {
        struct opinion *part = &c->parts[i];
        int first_item = part->next_item;
        part->id = act->head.opinion = act->head.opinion + 1;
        part->version = 1;
        part->next_item = first_item;
        random_fill(part->salt, SALT_BYTES);
        char number[OPINION_NUMBER_TEXT];
        struct entry entry = {.role = c->acting,
                              .action = "split",
                              .subject = arena_printf(&act->scratch, "opinion %s",
                                                      opinion_number_format(part->id, number)),
                              .from_state = -1,
                              .to_state = (int)part->state,
                              .version = 1};
        opinion_digest(part, NULL, 0, entry.digest);
        status = act_register(act, tx, CHAIN_MAIN, &entry);
        if (status == STATUS_OK) status = store_opinion_insert(tx, act->unit, part);
        if (status == STATUS_OK && part->relayed) status = act_index(act, tx, part);
        act_happened(act, part->dialogue, part->id, "split", opinion_is_public(part), 1);
        numbers[i + 1] = part->id;
    }
    act->answer.numbers = numbers;
    act->answer.number_count = c->part_count + 1;
    return status;
}

static enum status reopen_dialogue(struct act *act, struct store_tx *tx, struct dialogue *d)
{
    int64_t entry = act->answer.entry;
    d->state = DIALOGUE_CLOSED;
    d->completed_ms = 0;
    enum status status =
        act_write_dialogue(act, tx, d, "uncomplete", DIALOGUE_COMPLETED, ROLE_SYSTEM);
    act->answer.entry = entry;
    return status;
}

static enum status write_decided(struct act *act, struct store_tx *tx, struct opinion_case *c,
                                 const struct opinion *before)
{
    const struct opinion_rule *rule = &opinion_rules[act->action];
    struct opinion *o = c->opinion;
    if (c->reissue) {
        receipt_new(act->app, act->answer.receipt);
        receipt_hash(&act->app->keys, act->unit, act->answer.receipt, o->receipt_hash);
    }
    enum status status = act_write_case(act, tx, c, rule->code, before);
    act->answer.entry = c->entry;
    if (status == STATUS_OK && c->part_count > 0) status = write_parts(act, tx, c, status);
    bool led = before->group_lead == o->id;
    if (status == STATUS_OK && led && opinion_reaches_group(c, (enum opinion_action)act->action))
        status = act_on_members(act, tx, c, before);
    bool left = before->group_lead != 0 && o->group_lead == 0;
    if (status == STATUS_OK && left) status = regroup(act, tx, c->dialogue, before->group_lead);
    if (status == STATUS_OK && c->reopen_dialogue) status = reopen_dialogue(act, tx, c->dialogue);
    return status;
}

/// `group` changes its lead too: led from now on, and relayed with it.
static enum status write_lead(struct act *act, struct store_tx *tx, struct opinion_case *c,
                              const struct opinion *before)
{
    struct opinion_case lead;
    enum status status = act_case(act, store_tx_sql(tx), c->dialogue, c->lead, &lead);
    if (status != STATUS_OK) return status;
    lead.acting = c->acting;
    lead.index_changed = c->lead->relayed != before->relayed;
    lead.event = "grouped";
    return act_write_case(act, tx, &lead, "group", before);
}

/// A phone supports in its own hall, and once.
static enum status support_once(struct act *act, struct store_tx *tx, const struct dialogue *d)
{
    bool fresh = true;
    if (act->actor.kind != ACTOR_TICKET) return STATUS_OK;
    if (act->actor.ticket_dialogue != d->id)
        return act->refusal = REFUSE(REFUSAL_FORBIDDEN), STATUS_OK;
    struct hall_support support = {act->target, d->id, act->actor.ticket, act->now_ms};
    enum status status = store_support_insert(tx, act->unit, &support, &fresh);
    if (status == STATUS_OK && !fresh)
        act->refusal = REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, "Ông/bà đã ủng hộ ý kiến này.");
    return status;
}

enum status run_opinion_action(struct act *act, struct store_tx *tx)
{
    bool replayed;
    struct sql *sql = store_tx_sql(tx);
    struct opinion o, lead = {0};
    struct dialogue d;
    struct opinion_case c;
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK || replayed) return status;
    if (act->actor.kind == ACTOR_PUBLIC)
        return act->refusal = REFUSE(REFUSAL_UNAUTHENTICATED), STATUS_OK;
    status = store_opinion_load(sql, act->unit, act->target, &act->scratch, &o);
    if (status == STATUS_NOT_FOUND) return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    if (status == STATUS_OK)
        status = store_dialogue_load(sql, act->unit, o.dialogue, &act->scratch, &d);
    struct opinion before = o;
    if (status == STATUS_OK) status = act_case(act, sql, &d, &o, &c);
    if (status != STATUS_OK) return status;
    if (!opinion_visible(&c)) return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    if (act->action == ACT_GROUP && act->params.at[PARAM_LEAD].given) {
        status = store_opinion_load(sql, act->unit, act->params.at[PARAM_LEAD].number,
                                    &act->scratch, &lead);
        if (status == STATUS_OK)
            c.lead = &lead;
        else if (status != STATUS_NOT_FOUND)
            return status;
    }
    struct opinion lead_before = lead;
    if (act->action == ACT_SUPPORT) status = support_once(act, tx, &d);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    act->refusal = opinion_act(&c, (enum opinion_action)act->action);
    if (act->refusal.code == REFUSAL_NONE && act->if_version >= 0 &&
        act->if_version != before.version)
        act->refusal = REFUSE_FIELD(REFUSAL_STALE, "if_version");
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;

    status = write_decided(act, tx, &c, &before);
    if (status == STATUS_OK && act->action == ACT_GROUP)
        status = write_lead(act, tx, &c, &lead_before);
    if (status != STATUS_OK) return status;
    act->answer.about_opinion = true;
    act->answer.id = o.id;
    act->answer.state = (int)o.state;
    act->answer.version = o.version;
    return act_end(act, tx);
}

/// Whether the sealed chain has entries that no anchor holds, all of them of earlier days: an
/// anchor within the minute would tell in the main chain when something was sealed, or read.
static enum status ended_before_today(struct act *act, struct sql *sql, bool *ret_ended)
{
    struct entry_list last;
    const struct register_page page = {CHAIN_SEALED, act->head.sealed_entry - 1, 1};
    if (act->head.sealed_entry <= act->head.sealed_anchor) return STATUS_OK;
    enum status status = store_register_list(sql, act->unit, page, &act->scratch, &last);
    *ret_ended = status == STATUS_OK && last.count == 1 &&
                 instant_day(last.rows[0].at_ms) < instant_day(act->now_ms);
    return status;
}

enum status run_lapse(struct act *act, struct store_tx *tx)
{
    bool replayed;
    struct sql *sql = store_tx_sql(tx);
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK) return status;
    act->actor = (struct actor){.kind = ACTOR_SYSTEM};
    struct opinion_rows due;
    status = store_opinions_to_lapse(sql, act->unit, instant_day(act->now_ms), &act->scratch, &due);
    for (int i = 0; status == STATUS_OK && i < due.count; i++) {
        struct opinion before = due.rows[i], o = before;
        struct dialogue d;
        struct opinion_case c;
        status = store_dialogue_load(sql, act->unit, o.dialogue, &act->scratch, &d);
        if (status == STATUS_OK) status = act_case(act, sql, &d, &o, &c);
        if (status != STATUS_OK) break;
        if (opinion_act(&c, ACT_LAPSE).code != REFUSAL_NONE)
            continue; // off topic without a letter waits for one
        status = act_write_case(act, tx, &c, opinion_rules[ACT_LAPSE].code, &before);
    }
    bool anchors = false;
    if (status == STATUS_OK) status = ended_before_today(act, sql, &anchors);
    if (status == STATUS_OK && anchors) {
        // The sealed chain is anchored in the main one: nobody can rewrite it afterwards unseen.
        struct entry anchor = {.role = ROLE_SYSTEM,
                               .action = "anchor",
                               .subject = "sealed",
                               .from_state = -1,
                               .to_state = -1,
                               .version = act->head.sealed_entry};
        memcpy(anchor.digest, act->head.sealed_hash, DIGEST_BYTES);
        act->head.sealed_anchor = act->head.sealed_entry;
        status = act_register(act, tx, CHAIN_MAIN, &anchor);
    }
    return status == STATUS_OK ? act_end(act, tx) : status;
}
