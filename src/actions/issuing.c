// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers of series, and issuing a document with one. Which paper may have a number when is one
// table here.
#include "actions/issuing.h"

#include <stdlib.h>
#include <string.h>

#include "actions/document_facts.h"
#include "base/buf.h"
#include "base/day.h"
#include "documents/model.h"
#include "store/dialogue.h"
#include "store/opinion.h"

/// What must be there before a paper can go out.
enum since { NO_NUMBER, APPROVED, ISSUED, ANNOUNCED, CLOSED, SIGNED, ANSWERED, PUT_OFF, REFERRED };

static const enum since SINCE[DOC_TYPE_COUNT] = {
    [DOC_PLAN] = APPROVED,     [DOC_NOTICE] = ANNOUNCED, [DOC_INVITATION] = ANNOUNCED,
    [DOC_PROGRAMME] = ISSUED,  [DOC_REPORT] = ISSUED,    [DOC_MINUTES] = SIGNED,
    [DOC_CONCLUSION] = CLOSED, [DOC_ANSWER] = ANSWERED,  [DOC_TIME_NOTICE] = PUT_OFF,
    [DOC_REFERRAL] = REFERRED, [DOC_PROGRESS] = CLOSED,  [DOC_SYNTHESIS] = CLOSED,
};

const char *issue_series(enum doc_type type)
{
    if (SINCE[type] == NO_NUMBER) return NULL;
    return doc_types[type].abbreviation != NULL ? doc_types[type].abbreviation : "CV";
}

const char *issued_number_text(struct arena *arena, const struct issued *row)
{
    return arena_printf(arena, "%s/%s", row->number, row->symbol);
}

// ---- when

static int64_t last_of(const struct opinion_item *items, int count, enum item_kind kind, int code)
{
    int64_t at_ms = 0;
    for (int i = 0; i < count; i++)
        if (items[i].kind == kind && items[i].status != ITEM_VOID &&
            (code < 0 || items[i].code == code) && items[i].at_ms >= at_ms)
            at_ms = items[i].at_ms;
    return at_ms;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

struct issue_state issue_state_of(enum doc_type type, const struct dialogue *d,
                                  const struct opinion_item *items, int count,
                                  const struct issued *newest)
{
    int64_t since_ms = 0; // when what it is about came; 0 not yet
    switch (SINCE[type]) {
    case NO_NUMBER:
        break;
    case APPROVED:
        since_ms = d->approved || d->issued_day != DAY_NONE;
        break;
    case ISSUED:
        since_ms = d->issued_day != DAY_NONE;
        break;
    case ANNOUNCED:
        since_ms = d->announced_ms;
        break;
    case CLOSED:
        since_ms = d->closed_ms;
        break;
    case SIGNED:
        since_ms = d->minutes_chair_ms;
        break;
    case ANSWERED:
        since_ms = last_of(items, count, ITEM_ANSWER, MODE_WRITTEN);
        break;
    case PUT_OFF:
        since_ms = later(last_of(items, count, ITEM_EXTENSION, -1),
                         last_of(items, count, ITEM_REFERRAL, -1));
        break;
    case REFERRED:
        since_ms = last_of(items, count, ITEM_REFERRAL, -1);
        break;
    }
    bool again = newest != NULL && SINCE[type] >= ANSWERED && since_ms > newest->issued_ms;
    return (struct issue_state){since_ms != 0,
                                since_ms != 0 && (newest == NULL || newest->withheld || again)};
}

// ---- the number

/// A number as others write it: "07", "125a", "33".
static bool number_is_plausible(const char *number)
{
    size_t len = strlen(number);
    bool digit = strcspn(number, "0123456789") < len;
    for (const char *p = number; *p != 0; p++) {
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
        if (!letter && (*p < '0' || *p > '9') && *p != '-' && *p != '.') return false;
    }
    return digit && len <= ISSUE_NUMBER_MAX;
}

#define NUMBER_TAKEN \
    REFUSE_WHY(REFUSAL_INVALID, "number", "Số này đã cấp cho văn bản khác trong năm.")

static const char *padded(struct arena *arena, int64_t ordinal)
{
    return arena_printf(arena, "%02lld", (long long)ordinal);
}

struct at {
    struct sql *sql;
    int64_t unit;
    const char *series;
    int year;
};

/// After the last own number, past those that the e-office has used.
static enum status next_ordinal(const struct at *at, struct arena *arena,
                                struct issued_series *ret_series, int64_t *ret_next)
{
    int64_t taken = 1;
    enum status status = store_issued_series(at->sql, at->unit, at->series, at->year, ret_series);
    int64_t next = ret_series->last;
    while (status == STATUS_OK && taken != 0)
        status = store_issued_of_number(at->sql, at->unit, at->series, at->year,
                                        padded(arena, ++next), &taken);
    *ret_next = next;
    return status;
}

enum status issue_next_number(struct sql *sql, int64_t unit, const char *series, int year,
                              struct arena *arena, const char **ret_number)
{
    struct issued_series stands = {0};
    int64_t next = 0;
    const struct at at = {sql, unit, series, year};
    enum status status = next_ordinal(&at, arena, &stands, &next);
    if (status == STATUS_OK) *ret_number = padded(arena, next);
    return status;
}

enum status issue_settle_plan(struct act *act, struct sql *sql, struct dialogue *d,
                              bool *ret_external)
{
    struct issued_series stands = {0};
    int64_t next = 0, taken = 0;
    const struct at at = {sql, act->unit, issue_series(DOC_PLAN), day_civil(d->issued_day).year};
    enum status status = next_ordinal(&at, &act->scratch, &stands, &next);
    if (status != STATUS_OK) return status;
    if (*d->number == 0) d->number = padded(&act->scratch, next);
    *ret_external = stands.last > 0 && strtoll(d->number, NULL, 10) != next;
    status = store_issued_of_number(sql, act->unit, at.series, at.year, d->number, &taken);
    if (status == STATUS_OK && taken != 0) act->refusal = NUMBER_TAKEN;
    return status;
}

static struct refusal check_own(struct act *act, const struct issued *row,
                                const struct issued_series *stands, int64_t next)
{
    if (stands->last > 0 && row->day < stands->last_day)
        return REFUSE_WHY(REFUSAL_INVALID, "date",
                          "Ngày phải từ ngày của số liền trước trong sổ trở đi.");
    if (stands->last > 0 && row->ordinal != next)
        return REFUSE_WHY(REFUSAL_INVALID, "number",
                          arena_printf(&act->scratch,
                                       "Số tiếp theo trong sổ %s năm %d là %02lld. Số do hệ thống "
                                       "văn bản của cấp trên cấp thì đánh dấu ô bên dưới.",
                                       row->series, row->year, (long long)next));
    return ALLOWED;
}

/// Number, ordinal and their place in the series. Own ones follow each other; the first of a year
/// may begin anywhere, as the ward's paper register stands.
static enum status give_number(struct act *act, struct sql *sql, const struct issue_wish *wish,
                               struct issued *row)
{
    struct issued_series stands = {0};
    int64_t next = 0, taken = 0;
    const struct at at = {sql, act->unit, row->series, row->year};
    enum status status = next_ordinal(&at, &act->scratch, &stands, &next);
    if (status != STATUS_OK) return status;
    const char *asked = wish->number;
    if (asked != NULL && !number_is_plausible(asked))
        return act->refusal = REFUSE_FIELD(REFUSAL_INVALID, "number"), STATUS_OK;
    if (row->external && asked == NULL)
        return act->refusal = REFUSE_FIELD(REFUSAL_REQUIRED, "number"), STATUS_OK;
    if (!row->external) {
        bool digits = asked == NULL || strspn(asked, "0123456789") == strlen(asked);
        row->ordinal = asked == NULL ? next : strtoll(asked, NULL, 10);
        if (!digits || row->ordinal < 1 || row->ordinal > 99999)
            return act->refusal = REFUSE_FIELD(REFUSAL_INVALID, "number"), STATUS_OK;
        act->refusal = check_own(act, row, &stands, next);
        if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    }
    bool numeric = asked != NULL && strspn(asked, "0123456789") == strlen(asked);
    row->number = row->external && !numeric ? asked
                  : row->external           ? padded(&act->scratch, strtoll(asked, NULL, 10))
                                            : padded(&act->scratch, row->ordinal);
    status = store_issued_of_number(sql, act->unit, row->series, row->year, row->number, &taken);
    if (status == STATUS_OK && taken != 0) act->refusal = NUMBER_TAKEN;
    return status;
}

// ---- the bytes

static enum status write_files(struct act *act, struct store_tx *tx, const struct issued *row,
                               const struct doc *doc)
{
    enum status status = STATUS_OK;
    for (int format = 0; status == STATUS_OK && format < DOC_FORMAT_COUNT; format++) {
        BUF bytes = {0};
        status = document_render(&act->scratch, doc, (enum doc_format)format, &bytes);
        if (status != STATUS_OK) break;
        const struct issued_file file = {
            .format = format,
            .name = document_file_name(&act->scratch, doc, (enum doc_format)format),
            .bytes = {bytes.data, bytes.len}};
        status = store_issued_file_insert(tx, act->unit, row->id, &file);
    }
    return status;
}

static const char *joined(struct arena *arena, const struct doc_texts *list)
{
    const char *all = "";
    for (int i = 0; i < list->count; i++)
        all = arena_printf(arena, "%s%s%s", all, i > 0 ? "\n" : "", list->items[i]);
    return all;
}

static enum status write_entry(struct act *act, struct store_tx *tx, const struct issued *row)
{
    struct entry entry = {.role = ROLE_ARCHIVIST,
                          .action = row->replaces != 0 ? "reissue_document" : "issue_document",
                          .subject =
                              arena_printf(&act->scratch, "document %lld", (long long)row->id),
                          .from_state = -1,
                          .to_state = -1,
                          .version = 1};
    enum status status = store_issued_digest(store_tx_sql(tx), act->unit, row, entry.digest);
    if (status == STATUS_OK) status = act_register(act, tx, CHAIN_MAIN, &entry);
    act->answer.entry = entry.entry;
    return status;
}

/// Facts with the number on them, model, bytes, row, entry.
static enum status write_document(struct act *act, struct store_tx *tx,
                                  const struct issue_wish *wish, struct issued *row)
{
    struct sql *sql = store_tx_sql(tx);
    const struct document_number given = {row->number, row->symbol, row->day, wish->recipients};
    const struct document_request request = {.type = (enum doc_type)row->type,
                                             .unit = act->unit,
                                             .dialogue = row->dialogue,
                                             .opinion = row->opinion,
                                             .person = wish->person,
                                             .given = &given,
                                             .now_ms = act->now_ms};
    const struct doc_facts *facts;
    enum status status = document_facts(act->app, sql, &request, &act->scratch, &facts);
    if (status == STATUS_NOT_FOUND) // the invitee, or an opinion sealed meanwhile
        return act->refusal = REFUSE_FIELD(REFUSAL_INVALID, "person"), STATUS_OK;
    if (status != STATUS_OK) return status;
    const struct doc *doc = document_build(&act->scratch, request.type, facts);
    status = store_issued_last(sql, act->unit, &row->id);
    row->id++;
    row->title = doc->title;
    row->signer = facts->issue.signer.name == NULL ? "" : facts->issue.signer.name;
    row->recipients = joined(&act->scratch, &facts->issue.recipients);
    row->issued_by = act->actor.person->username;
    row->issued_ms = act->now_ms;
    if (status == STATUS_OK) status = store_issued_insert(tx, act->unit, row);
    if (status == STATUS_OK) status = write_files(act, tx, row, doc);
    return status == STATUS_OK ? write_entry(act, tx, row) : status;
}

// ---- the act

static struct issued row_of(const struct act *act, const struct issue_wish *wish)
{
    const struct doc_type_row *type = &doc_types[wish->type];
    const char *usual = type->abbreviation == NULL ? "UBND-VP" : NULL;
    return (struct issued){.dialogue = act->target,
                           .type = wish->type,
                           .opinion = wish->opinion,
                           .person = wish->person == NULL ? "" : wish->person,
                           .edition = type->selector == SELECT_EDITION ? 2 : 0,
                           .series = issue_series((enum doc_type)wish->type),
                           .year = wish->day == DAY_NONE ? 0 : day_civil(wish->day).year,
                           .symbol = wish->symbol != NULL ? wish->symbol : usual,
                           .external = wish->external,
                           .day = wish->day};
}

/// The form of the wish, before any state is looked at.
static struct refusal check_wish(const struct act *act, const struct issue_wish *wish)
{
    const enum doc_selector selector = doc_types[wish->type].selector;
    if (issue_series((enum doc_type)wish->type) == NULL)
        return REFUSE_WHY(REFUSAL_INVALID, "type", "Loại giấy tờ này không có số.");
    if (selector == SELECT_OPINION && wish->opinion == 0)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "opinion");
    if (selector == SELECT_PERSON && wish->person == NULL)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "person");
    if (selector != SELECT_OPINION && wish->opinion != 0)
        return REFUSE_FIELD(REFUSAL_INVALID, "opinion");
    if (selector != SELECT_PERSON && wish->person != NULL)
        return REFUSE_FIELD(REFUSAL_INVALID, "person");
    if (act->form_refusal.code != REFUSAL_NONE) return act->form_refusal;
    if (wish->day == DAY_NONE) return REFUSE_FIELD(REFUSAL_REQUIRED, "date");
    if (wish->day > instant_day(act->now_ms))
        return REFUSE_WHY(REFUSAL_INVALID, "date", "Ngày ban hành không được sau hôm nay.");
    return ALLOWED;
}

/// Where the paper stands: may it go out, and does it stand for an earlier one.
static enum status check_state(struct act *act, struct sql *sql, const struct issue_wish *wish,
                               const struct dialogue *d, struct issued *row)
{
    struct opinion_items items = {0};
    struct issued newest = {0};
    enum status status = STATUS_OK;
    if (wish->opinion != 0)
        status = store_opinion_items(sql, act->unit, wish->opinion, &act->scratch, &items);
    const struct issued_key key = {d->id, wish->type, wish->opinion, wish->person};
    if (status == STATUS_OK)
        status = store_issued_newest(sql, act->unit, &key, &act->scratch, &newest);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    const struct issued *last = newest.id == 0 ? NULL : &newest;
    struct issue_state state =
        issue_state_of((enum doc_type)wish->type, d, items.list, items.count, last);
    bool same = last != NULL && wish->replaces != NULL &&
                strcmp(wish->replaces, issued_number_text(&act->scratch, last)) == 0;
    if (!state.ready)
        act->refusal = REFUSE_WHY(REFUSAL_NOT_READY, NULL,
                                  "Nội dung của văn bản này chưa có hoặc chưa được ký.");
    else if (wish->replaces != NULL && !same)
        act->refusal = REFUSE_FIELD(REFUSAL_INVALID, "replaces");
    else if (!state.waiting && !same)
        act->refusal = REFUSE_WHY(REFUSAL_WRONG_STATE, NULL,
                                  "Văn bản đã ban hành thì không sửa; muốn thay thì ban hành văn "
                                  "bản khác, ghi số văn bản được thay thế.");
    if (same) row->replaces = last->id;
    return STATUS_OK;
}

/// Who it is about, whether the archivist may see it: 404 and 403 before anything else.
static enum status load(struct act *act, struct sql *sql, const struct issue_wish *wish,
                        struct dialogue *d)
{
    struct opinion o;
    struct opinion_case c;
    enum status status = store_dialogue_load(sql, act->unit, act->target, &act->scratch, d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(d, &act->actor)))
        return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    if (status == STATUS_OK && act->actor.kind == ACTOR_PUBLIC)
        return act->refusal = REFUSE(REFUSAL_UNAUTHENTICATED), STATUS_OK;
    if (status == STATUS_OK && (dialogue_roles(d, &act->actor) & WHO(ROLE_ARCHIVIST)) == 0)
        return act->refusal = REFUSE(REFUSAL_FORBIDDEN), STATUS_OK;
    if (status != STATUS_OK || wish->opinion == 0) return status;
    status = store_opinion_load(sql, act->unit, wish->opinion, &act->scratch, &o);
    if (status == STATUS_OK) status = act_case(act, sql, d, &o, &c);
    bool hidden = status == STATUS_OK && (o.dialogue != d->id || !opinion_visible(&c) ||
                                          o.visibility == VISIBILITY_SEALED);
    if (status == STATUS_NOT_FOUND || hidden)
        return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    return status;
}

/// The plan goes out by the dialogue's own act: the dialogue becomes issued with it.
static enum status issue_dialogue(struct act *act, struct store_tx *tx, struct dialogue *d,
                                  const struct issued *row)
{
    struct params params = {0};
    params.at[PARAM_DATE] = (struct param_value){.given = true, .number = row->day};
    params.at[PARAM_SYMBOL] = (struct param_value){.given = true, .text = row->symbol};
    struct dialogue_case c = {.arena = &act->scratch,
                              .now_ms = act->now_ms,
                              .people = &act->facts->people,
                              .actor = &act->actor,
                              .params = &params,
                              .dialogue = d};
    enum dialogue_state from = d->state;
    act->refusal = dialogue_act(&c, DACT_ISSUE);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    d->number = row->number;
    return act_write_dialogue(act, tx, d, dialogue_rules[DACT_ISSUE].code, from, c.acting);
}

enum status run_issue(struct act *act, struct store_tx *tx)
{
    bool replayed;
    struct sql *sql = store_tx_sql(tx);
    const struct issue_wish *wish = act->extra;
    struct dialogue d;
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK || replayed) return status;
    status = load(act, sql, wish, &d);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    act->refusal = check_wish(act, wish);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    struct issued row = row_of(act, wish);
    if (row.symbol == NULL) row.symbol = arena_printf(&act->scratch, "%s-UBND", row.series);
    status = check_state(act, sql, wish, &d, &row);
    if (status == STATUS_OK && act->refusal.code == REFUSAL_NONE)
        status = give_number(act, sql, wish, &row);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    if (wish->type == DOC_PLAN && d.state == DIALOGUE_DRAFTING)
        status = issue_dialogue(act, tx, &d, &row);
    if (status == STATUS_OK && act->refusal.code == REFUSAL_NONE)
        status = write_document(act, tx, wish, &row);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    act->answer.id = row.id;
    act->answer.state = (int)d.state;
    act->answer.version = 1;
    act_happened(act, d.id, 0, "issued", true, d.version);
    return act_end(act, tx);
}

enum status issue_plan(struct act *act, struct store_tx *tx, const struct dialogue *d,
                       bool external)
{
    const struct issue_wish wish = {.type = DOC_PLAN,
                                    .number = d->number,
                                    .symbol = d->symbol,
                                    .day = d->issued_day,
                                    .external = external};
    struct issued row = row_of(act, &wish);
    int64_t entry = act->answer.entry;
    row.number = d->number;
    row.ordinal = external ? 0 : strtoll(d->number, NULL, 10);
    enum status status = write_document(act, tx, &wish, &row);
    act->answer.entry = entry;
    return status;
}
