// SPDX-License-Identifier: AGPL-3.0-or-later
// Opinions and their items as documents list them: who asked, who answered, how it was settled. In
// the order of the register.
#include "actions/document_facts.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "store/opinion_list.h"

static const char *none_if_empty(const char *text)
{
    return text == NULL || *text == 0 ? NULL : text;
}

static struct doc_texts lines(struct arena *arena, const char *text)
{
    int count = 0;
    for (const char *p = text; *p != 0; p++)
        count += *p == '\n';
    const char **items = arena_array(arena, const char *, (size_t)count + 2);
    int n = 0;
    while (*text != 0) {
        size_t len = strcspn(text, "\n");
        if (len > 0) items[n++] = arena_strndup(arena, text, len);
        text += len + (text[len] == '\n');
    }
    return (struct doc_texts){items, n};
}

static bool in_session(const struct facts_builder *b, int64_t at_ms)
{
    const struct dialogue *d = &b->dialogue;
    return d->opened_ms != 0 && at_ms >= d->opened_ms &&
           (d->closed_ms == 0 || at_ms <= d->closed_ms);
}

static const struct opinion_item *first_answer(const struct opinion_items *items)
{
    for (int i = 0; i < items->count; i++)
        if (items->list[i].kind == ITEM_ANSWER) return &items->list[i];
    return NULL;
}

/// How it was settled: one of the columns of the synthesis, by what happened first and not by what
/// the state is now.
static enum doc_handling handling_of(const struct facts_builder *b, const struct opinion *o,
                                     const struct opinion_items *items)
{
    const struct opinion_item *answer = first_answer(items);
    bool in_hall = answer != NULL && answer->code == MODE_SPOKEN && in_session(b, answer->at_ms);
    if (o->state == OPINION_DIVERTED) return HANDLED_DIVERTED;
    if (o->state == OPINION_WITHDRAWN) return HANDLED_WITHDRAWN;
    if (o->scope == SCOPE_OFF) return HANDLED_OFF_TOPIC;
    if (in_hall) return answer->code2 == ANSWER_ACCEPT ? HANDLED_ACCEPTED : HANDLED_ON_SPOT;
    if (o->authority == AUTHORITY_BEYOND) return HANDLED_BEYOND;
    if (o->authority == AUTHORITY_COMPLEX) return HANDLED_COMPLEX;
    bool untouched =
        o->state == OPINION_RECEIVED || o->state == OPINION_RELAYED || o->state == OPINION_ON_FLOOR;
    return untouched ? HANDLED_NOT_YET : HANDLED_DEFERRED;
}

static enum doc_result result_of(const struct facts_builder *b, const struct opinion *o)
{
    if (opinion_is_overdue(o, instant_day(b->request->now_ms))) return RESULT_OVERDUE;
    return opinion_is_final(o->state) || o->state == OPINION_ANSWERED ? RESULT_SETTLED
                                                                      : RESULT_SETTLING;
}

static const char *who(const struct facts_builder *b, const char *username)
{
    struct doc_person p = document_person(b, username);
    return p.position != NULL ? p.position : p.name;
}

static void add_answers(struct facts_builder *b, const struct opinion_items *items,
                        struct doc_opinion *out)
{
    struct doc_answer *list = arena_array(b->arena, struct doc_answer, (size_t)items->count + 1);
    for (int i = 0; i < items->count; i++) {
        const struct opinion_item *item = &items->list[i];
        if (item->kind != ITEM_ANSWER && item->kind != ITEM_SUPPLEMENT) continue;
        struct doc_answer *a = &list[out->answers_count++];
        a->by = *item->person != 0 ? document_person(b, item->person)
                : *item->body != 0 ? (struct doc_person){.name = item->body}
                                   : document_person(b, item->actor);
        a->text = item->text;
        a->legal_refs = lines(b->arena, item->refs);
        a->at_ms = item->at_ms;
        a->entry = item->entry;
        a->written = item->code == MODE_WRITTEN;
        a->supplement = item->kind == ITEM_SUPPLEMENT;
        a->accepts = item->code2 == ANSWER_ACCEPT;
        if (item->delivered_ms != 0) out->answered_day = instant_day(item->delivered_ms);
    }
    out->answers = list;
}

static void add_exchanges(struct facts_builder *b, const struct opinion_items *items,
                          struct doc_opinion *out)
{
    struct doc_exchange *list =
        arena_array(b->arena, struct doc_exchange, (size_t)items->count + 1);
    for (int i = 0; i < items->count; i++) {
        const struct opinion_item *item = &items->list[i];
        bool continues = item->kind == ITEM_VERDICT && item->code == VERDICT_NOT_AGREED;
        enum doc_exchange_kind kind = item->kind == ITEM_ASK_BACK             ? EXCHANGE_ASK_BACK
                                      : item->kind == ITEM_REPLY || continues ? EXCHANGE_REPLY
                                      : item->kind == ITEM_EXCHANGE           ? EXCHANGE_OTHER
                                                                              : EXCHANGE_KIND_COUNT;
        if (kind == EXCHANGE_KIND_COUNT || *item->text == 0 || item->status == ITEM_VOID) continue;
        const char *speaker = kind == EXCHANGE_OTHER ? none_if_empty(item->person) : NULL;
        if (speaker != NULL && b->request->public_edition)
            speaker = text_initials(b->arena, speaker);
        list[out->exchanges_count++] =
            (struct doc_exchange){kind, speaker, item->text, item->at_ms, item->entry};
    }
    out->exchanges = list;
}

/// Who takes part, one a line, as "title; title": user names are for screens, not for paper.
static const char *taking_part(struct facts_builder *b, const char *refs)
{
    struct doc_texts all = lines(b->arena, refs);
    const char *text = "";
    for (int i = 0; i < all.count; i++)
        text = arena_printf(b->arena, "%s%s%s", text, i > 0 ? "; " : "", who(b, all.items[i]));
    return none_if_empty(text);
}

static void add_assignments(struct facts_builder *b, const struct opinion_items *items,
                            struct doc_opinion *out)
{
    struct doc_assignment *assigned =
        arena_array(b->arena, struct doc_assignment, (size_t)items->count + 1);
    struct doc_referral *referred =
        arena_array(b->arena, struct doc_referral, (size_t)items->count + 1);
    for (int i = 0; i < items->count; i++) {
        const struct opinion_item *item = &items->list[i];
        struct doc_referral *last =
            out->referrals_count > 0 ? &referred[out->referrals_count - 1] : NULL;
        if (item->kind == ITEM_ASSIGNMENT) {
            assigned[out->assignments_count++] = (struct doc_assignment){
                .to = *item->body != 0 ? item->body : who(b, item->person),
                .with = taking_part(b, item->refs),
                .directive = none_if_empty(item->text),
                .given_day = instant_day(item->at_ms),
                .due_day = item->day,
                .entry = item->entry,
            };
        } else if (item->kind == ITEM_REFERRAL) {
            referred[out->referrals_count++] = (struct doc_referral){
                .agency = item->body,
                .why = *item->text != 0
                           ? item->text
                           : value_label(&refer_reasons, item->code < 0 ? 0 : item->code),
                .referred_day = instant_day(item->at_ms),
                .expected_day = item->day,
                .notified_day = DAY_NONE,
                .replied_day = DAY_NONE,
                .entry = item->entry,
            };
        } else if (item->kind == ITEM_NOTICE && last != NULL) {
            if (item->delivered_ms != 0) last->notified_day = instant_day(item->delivered_ms);
            last->expected_day = item->day;
        } else if (item->kind == ITEM_AGENCY_REPLY && last != NULL) {
            last->replied_day = item->day;
            last->reply = item->text;
        }
    }
    out->assignments = assigned;
    out->referrals = referred;
}

static void add_due(struct facts_builder *b, const struct opinion *o, struct doc_opinion *out)
{
    out->due = (struct doc_due){DAY_NONE, DAY_NONE, DAY_NONE, NULL};
    if (o->due_legal == DAY_NONE) return;
    const struct deadline_term *term = deadline_term(b->dialogue.profile, o->due_rule);
    const char *rule =
        o->due_set_by_person
            ? term->name
            : arena_printf(b->arena, "%d ngày kể từ %s", term->length,
                           o->round > 1 ? "ngày yêu cầu tiếp" : "ngày kết thúc hội nghị");
    out->due = (struct doc_due){o->due_start, o->due_legal, o->due_safe, rule};
}

static const char *outcome_text(const struct opinion *o)
{
    switch (o->outcome) {
    case OUTCOME_AGREED:
        return "thống nhất";
    case OUTCOME_NOT_AGREED:
        return "chưa thống nhất";
    case OUTCOME_SILENT:
        return "hết thời hạn, không có ý kiến thêm";
    case OUTCOME_NONE:
    case OUTCOME_COUNT:
        break;
    }
    return NULL;
}

/// Contacts go only into letters to the author; names into staff documents; initials to the public.
static void add_author(struct facts_builder *b, const struct opinion *o, struct doc_opinion *out)
{
    static const enum doc_author types[AUTHOR_TYPE_COUNT] = {AUTHOR_IS_RESIDENT, AUTHOR_IS_BUSINESS,
                                                             AUTHOR_IS_ANONYMOUS};
    out->author_type = types[o->author_type];
    out->author = none_if_empty(o->name);
    out->organisation = none_if_empty(o->organisation);
    out->khom = document_khom(b, o->khom);
    bool business = o->author_type == AUTHOR_BUSINESS && *o->organisation != 0;
    out->public_name = business          ? o->organisation
                       : *o->name == 0   ? NULL
                       : o->publish_name ? o->name
                                         : text_initials(b->arena, o->name);
    out->publish_name = o->publish_name;
    bool letter = b->request->type == DOC_ANSWER || b->request->type == DOC_TIME_NOTICE ||
                  b->request->type == DOC_SLIP;
    if (letter && b->request->opinion == o->id)
        out->contact = none_if_empty(*o->phone != 0 ? o->phone : o->email);
}

static void add_ending(const struct opinion_items *items, struct doc_opinion *out)
{
    for (int i = 0; i < items->count; i++) {
        const struct opinion_item *item = &items->list[i];
        if (item->kind == ITEM_CONCLUSION) out->conclusion = none_if_empty(item->text);
        if (item->kind == ITEM_REASON && item->code >= 0)
            out->diverted_to = value_label(&divert_tos, item->code);
    }
}

static void opinion_facts(struct facts_builder *b, const struct opinion *o,
                          const struct opinion_items *items, struct doc_opinion *out)
{
    char number[OPINION_NUMBER_TEXT];
    *out = (struct doc_opinion){
        .number = arena_strdup(b->arena, opinion_number_format(o->id, number)),
        .kind = value_label(&opinion_kinds, (int)o->kind),
        .field = value_label(&fields, (int)o->field),
        .topic = none_if_empty(o->topic),
        .channel = value_label(&channels, (int)o->channel),
        .wants = value_label(&wants_values, (int)o->wants),
        .reply_by = value_label(&reply_bys, (int)o->reply_by),
        .text = o->content,
        .handling = handling_of(b, o, items),
        .result = result_of(b, o),
        .received_day = instant_day(o->created_ms),
        .answered_day = DAY_NONE,
        .responsible = o->responsible_is_body ? none_if_empty(o->responsible)
                       : *o->responsible != 0 ? who(b, o->responsible)
                                              : NULL,
        .outcome = outcome_text(o),
    };
    // What the public may not read is still counted and listed, without its words (invariant 7).
    if (!opinion_is_public(o)) out->public_text = "Nội dung không công khai theo quy định.";
    add_author(b, o, out);
    add_answers(b, items, out);
    add_exchanges(b, items, out);
    add_assignments(b, items, out);
    add_due(b, o, out);
    add_ending(items, out);
}

/// Minutes tell the hall as it was when it closed: what came later belongs to other papers, and
/// what was signed must not read otherwise next week (invariant 11).
static void forget_later(const struct facts_builder *b, struct opinion *o,
                         struct opinion_items *items)
{
    int64_t closed_ms = b->dialogue.closed_ms;
    bool referred = false, concluded = false;
    int kept = 0;
    if (b->request->type != DOC_MINUTES || closed_ms == 0) return;
    for (int i = 0; i < items->count; i++) {
        if (items->list[i].at_ms > closed_ms) continue;
        referred = referred || items->list[i].kind == ITEM_REFERRAL ||
                   items->list[i].kind == ITEM_EXTENSION;
        concluded = concluded || items->list[i].kind == ITEM_CONCLUSION;
        items->list[kept++] = items->list[i];
    }
    items->count = kept;
    if (!concluded) o->outcome = OUTCOME_NONE;
    if (!referred) o->authority = AUTHORITY_WARD;
}

enum status document_opinions(struct facts_builder *b)
{
    struct opinion_filter filter = {
        .dialogue = b->dialogue.id, .state = -1, .field = -1, .khom = -1};
    int room = 64, count = 0;
    struct doc_opinion *list = arena_array(b->arena, struct doc_opinion, (size_t)room);
    int selected = -1;
    for (bool more = true; more;) {
        struct opinion_rows rows;
        enum status status = store_opinion_list(b->sql, b->request->unit, &filter, b->arena, &rows);
        if (status != STATUS_OK) return status;
        more = rows.more;
        for (int i = 0; i < rows.count; i++) {
            struct opinion_items items;
            filter.after = rows.rows[i].id;
            if (rows.rows[i].visibility == VISIBILITY_SEALED) continue;
            status =
                store_opinion_items(b->sql, b->request->unit, rows.rows[i].id, b->arena, &items);
            if (status != STATUS_OK) return status;
            forget_later(b, &rows.rows[i], &items);
            if (count == room) {
                struct doc_opinion *grown =
                    arena_array(b->arena, struct doc_opinion, (size_t)room * 2);
                memcpy(grown, list, (size_t)room * sizeof(*list));
                list = grown;
                room *= 2;
            }
            if (rows.rows[i].id == b->request->opinion) selected = count;
            opinion_facts(b, &rows.rows[i], &items, &list[count++]);
        }
    }
    b->facts->opinions = list;
    b->facts->opinions_count = count;
    if (selected >= 0) b->facts->opinion = &list[selected];
    return STATUS_OK;
}
