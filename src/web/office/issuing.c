// SPDX-License-Identifier: AGPL-3.0-or-later
// The archivist gives numbers (R1, R103-R111): what waits for one, the form with what should be
// looked at first, the register of outgoing documents. The act decides; these pages only ask.
#include "web/office/issuing.h"

#include <stdlib.h>
#include <string.h>

#include "actions/document_facts.h"
#include "store/opinion.h"
#include "web/form_input.h"
#include "web/office/handlers.h"
#include "web/office/issuing.html.h"

// ---- what waits

/// Papers of the whole dialogue, in the order in which they go out.
static const enum doc_type PAPERS[] = {DOC_NOTICE,     DOC_PROGRAMME, DOC_REPORT,  DOC_MINUTES,
                                       DOC_CONCLUSION, DOC_SYNTHESIS, DOC_PROGRESS};
static const enum doc_type LETTERS[] = {DOC_ANSWER, DOC_TIME_NOTICE, DOC_REFERRAL};

static const char *issue_path(struct arena *arena, int64_t dialogue, enum doc_type type,
                              int64_t opinion)
{
    char number[OPINION_NUMBER_TEXT];
    const char *path = arena_printf(arena, "/lam-viec/van-thu/cap-so/%lld/%s", (long long)dialogue,
                                    doc_types[type].code);
    return opinion == 0
               ? path
               : arena_printf(arena, "%s?opinion=%s", path, opinion_number_format(opinion, number));
}

/// The paper without its ending: the caller adds ".pdf" before the query.
static const char *paper_path(struct arena *arena, const struct issued_key *key, const char *format,
                              bool unissued)
{
    char number[OPINION_NUMBER_TEXT];
    bool full = doc_types[key->type].selector == SELECT_EDITION;
    const char *path = arena_printf(arena, "/doi-thoai/%lld/van-ban/%s.%s",
                                    (long long)key->dialogue, doc_types[key->type].code, format);
    const char *query = "";
    if (key->opinion != 0)
        query = arena_printf(arena, "?opinion=%s", opinion_number_format(key->opinion, number));
    else if (key->person != NULL && *key->person != 0)
        query = arena_printf(arena, "?person=%s", key->person);
    else if (full)
        query = "?edition=full";
    return arena_printf(arena, "%s%s%s", path, query,
                        !unissued     ? ""
                        : *query != 0 ? "&draft=1"
                                      : "?draft=1");
}

static void add_waiting(struct desk *d, struct waiting_list *list, const struct issued_key *key,
                        const char *about, bool withheld)
{
    if (list->count == WAITING_MAX) return;
    enum doc_type type = (enum doc_type)key->type;
    list->rows[list->count++] =
        (struct waiting_row){.type = tr(d->t.lang, doc_types[type].name),
                             .about = about,
                             .path = issue_path(d->arena, key->dialogue, type, key->opinion),
                             .preview = paper_path(d->arena, key, "pdf", true),
                             .withheld = withheld};
}

/// Adds the paper when it waits.
static enum status ask(struct desk *d, struct sql *sql, const struct issued_key *key,
                       const struct opinion_items *items, struct waiting_list *list)
{
    struct issued newest = {0};
    char number[OPINION_NUMBER_TEXT];
    enum status status = store_issued_newest(sql, d->visit->unit, key, d->arena, &newest);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    struct issue_state state =
        issue_state_of((enum doc_type)key->type, &d->dialogue, items == NULL ? NULL : items->list,
                       items == NULL ? 0 : items->count, newest.id == 0 ? NULL : &newest);
    if (state.waiting)
        add_waiting(d, list, key,
                    key->opinion == 0 ? d->dialogue.title
                                      : arena_printf(d->arena, tr(d->t.lang, "Ý kiến %s"),
                                                     opinion_number_format(key->opinion, number)),
                    newest.withheld);
    return STATUS_OK;
}

struct asking {
    struct sql *sql;
    struct waiting_list *list;
    enum status status;
};

static void take(struct desk *d, struct opinion_case *c, void *ctx)
{
    struct asking *a = ctx;
    const struct opinion_items items = {c->items, c->item_count, c->item_room};
    for (size_t i = 0; a->status == STATUS_OK && i < ARRAY_LEN(LETTERS); i++) {
        const struct issued_key key = {d->dialogue.id, (int)LETTERS[i], c->opinion->id, NULL};
        a->status = ask(d, a->sql, &key, &items, a->list);
    }
}

enum status issuing_waiting(struct desk *d, struct sql *sql, struct waiting_list *ret_list)
{
    const unsigned states = 1u << OPINION_ANSWERED | 1u << OPINION_OWED | 1u << OPINION_REFERRED |
                            1u << OPINION_CONCLUDED;
    struct dialogue_list list;
    struct asking a = {sql, ret_list, STATUS_OK};
    ret_list->rows = arena_array(d->arena, struct waiting_row, WAITING_MAX);
    enum status status = work_dialogues(d, sql, &list);
    for (int i = status == STATUS_OK ? list.count - 1 : -1; status == STATUS_OK && i >= 0; i--) {
        if (list.rows[i].state == DIALOGUE_CANCELLED) continue;
        status = desk_open(d, sql, list.rows[i].id);
        for (size_t k = 0; status == STATUS_OK && k < ARRAY_LEN(PAPERS); k++) {
            const struct issued_key key = {d->dialogue.id, (int)PAPERS[k], 0, NULL};
            status = ask(d, sql, &key, NULL, ret_list);
        }
        if (status == STATUS_OK) status = work_scan(d, sql, states, take, &a);
        if (status == STATUS_OK) status = a.status;
    }
    d->page.events = NULL;
    return status;
}

// ---- the form

struct asked_issue {
    int64_t dialogue, opinion;
    int type;
    const char *person;
    struct refusal refusal; // of what was just sent
};

static struct field_view field(struct desk *d, const struct asked_issue *a, const char *name,
                               const char *label, const char *value)
{
    bool typed = a->refusal.code != REFUSAL_NONE;
    bool mine = typed && a->refusal.field != NULL && strcmp(a->refusal.field, name) == 0;
    return (struct field_view){.name = name,
                               .label = label,
                               .value = typed ? form_typed(d->x, name) : value,
                               .error = mine ? refusal_advice(d->t.lang, a->refusal) : NULL};
}

static void fill_fields(struct desk *d, const struct asked_issue *a, struct issue_view *v)
{
    char day[DAY_TEXT];
    const struct doc_type_row *type = &doc_types[a->type];
    v->number = field(d, a, "number", tr(d->t.lang, "Số"), v->next);
    v->number.hint =
        tr(d->t.lang, "Số tiếp theo trong sổ đã điền sẵn. Số đầu năm ghi theo sổ giấy.");
    v->number.is_short = true;
    v->number.max_chars = ISSUE_NUMBER_MAX;
    v->external =
        field(d, a, "external", tr(d->t.lang, "Số do hệ thống văn bản của cấp trên cấp"), "");
    v->external.hint = tr(d->t.lang, "Số này không theo thứ tự của sổ phường.");
    v->symbol =
        field(d, a, "symbol", tr(d->t.lang, "Ký hiệu"),
              type->abbreviation != NULL ? arena_printf(d->arena, "%s-UBND", type->abbreviation)
                                         : "UBND-VP");
    v->symbol.is_short = true;
    v->symbol.max_chars = ISSUE_SYMBOL_MAX;
    v->date = field(d, a, "date", tr(d->t.lang, "Ngày ban hành"),
                    arena_strdup(d->arena, day_format(d->today, day)));
    v->date.type = "date";
    v->date.is_short = true;
    v->more = field(d, a, "recipients", tr(d->t.lang, "Nơi nhận thêm"), "");
    v->more.hint = tr(d->t.lang, "Mỗi dòng một nơi; in sau các nơi nhận sẵn có.");
    v->more.optional = true;
    v->more.rows = 3;
}

static enum status fill_newest(struct desk *d, struct sql *sql, const struct asked_issue *a,
                               struct issue_view *v)
{
    struct issued newest = {0};
    struct opinion_items items = {0};
    const struct issued_key key = {a->dialogue, a->type, a->opinion, a->person};
    enum status status = store_issued_newest(sql, d->visit->unit, &key, d->arena, &newest);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status == STATUS_OK && a->opinion != 0)
        status = store_opinion_items(sql, d->visit->unit, a->opinion, d->arena, &items);
    if (status != STATUS_OK) return status;
    struct issue_state state =
        issue_state_of((enum doc_type)a->type, &d->dialogue, items.list, items.count, &newest);
    v->withheld = newest.withheld;
    v->again = state.waiting && !newest.withheld;
    if (!newest.withheld) v->current = paper_path(d->arena, &key, "pdf", false);
    if (!v->again) v->replaces = issued_number_text(d->arena, &newest);
    return STATUS_OK;
}

/// What is to be looked at, and who gets it, from the facts the paper would be made of.
static enum status fill_facts(struct desk *d, struct sql *sql, const struct asked_issue *a,
                              struct issue_view *v)
{
    const struct doc_facts *facts;
    struct doc_texts warnings;
    const struct document_request request = {.type = (enum doc_type)a->type,
                                             .unit = d->visit->unit,
                                             .dialogue = a->dialogue,
                                             .opinion = a->opinion,
                                             .person = a->person,
                                             .unissued = true,
                                             .now_ms = d->visit->now_ms};
    struct app *app = d->visit->web->app;
    enum status status = document_facts(app, sql, &request, d->arena, &facts);
    if (status == STATUS_OK) status = document_warnings(app, sql, &request, d->arena, &warnings);
    if (status != STATUS_OK) return status;
    v->recipients = facts->issue.recipients.items;
    v->recipient_count = (size_t)facts->issue.recipients.count;
    v->warnings = warnings.items;
    v->warning_count = (size_t)warnings.count;
    return STATUS_OK;
}

/// The opinion belongs to the dialogue and may be seen, unsealed.
static enum status check_opinion(struct desk *d, struct sql *sql, const struct asked_issue *a)
{
    struct dialogue of;
    struct opinion o;
    struct opinion_case c;
    if (a->opinion == 0)
        return doc_types[a->type].selector == SELECT_OPINION ? STATUS_NOT_FOUND : STATUS_OK;
    enum status status = read_opinion_case(d->x, sql, a->opinion, &of, &o, &c);
    bool fits = status == STATUS_OK && of.id == a->dialogue && o.visibility != VISIBILITY_SEALED;
    return status == STATUS_OK && !fits ? STATUS_NOT_FOUND : status;
}

static enum http_next show_form(struct http_exchange *x, const struct asked_issue *a)
{
    struct desk d;
    enum http_next next;
    STORE_READ ro = NULL;
    char number[OPINION_NUMBER_TEXT];
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), WHO(ROLE_ARCHIVIST), &next)) return next;
    struct sql *sql = store_ro_sql(ro);
    const struct issued_key key = {a->dialogue, a->type, a->opinion, a->person};
    struct issue_view v = {.type = tr(d.t.lang, doc_types[a->type].name),
                           .dialogue = d.dialogue.title,
                           .series = issue_series((enum doc_type)a->type),
                           .path =
                               issue_path(d.arena, a->dialogue, (enum doc_type)a->type, a->opinion),
                           .preview = paper_path(d.arena, &key, "pdf", true),
                           .error = office_error_of(&d, a->refusal)};
    if (a->opinion != 0)
        v.opinion = arena_strdup(d.arena, opinion_number_format(a->opinion, number));
    if (a->person != NULL) v.path = arena_printf(d.arena, "%s?person=%s", v.path, a->person);
    enum status status = check_opinion(&d, sql, a);
    if (status == STATUS_OK)
        status = issue_next_number(sql, d.visit->unit, v.series, day_civil(d.today).year, d.arena,
                                   &v.next);
    if (status == STATUS_OK) status = fill_newest(&d, sql, a, &v);
    if (status == STATUS_OK) status = fill_facts(&d, sql, a, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    fill_fields(&d, a, &v);
    office_status(x, a->refusal);
    desk_title(&d, arena_printf(d.arena, tr(d.t.lang, "Cấp số: %s"), v.type));
    tpl_issue_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

static enum http_next show_on_worker(struct http_exchange *x, void *arg)
{
    return show_form(x, arg);
}

/// False: there is no such paper, or it has no number.
static bool read_asked(struct http_exchange *x, struct asked_issue *a)
{
    const char *opinion = http_query(x, "opinion"), *person = http_query(x, "person");
    a->type = doc_type_parse(http_param(x, "type"));
    if (a->type < 0 || issue_series((enum doc_type)a->type) == NULL) return false;
    if (opinion != NULL && !opinion_number_parse(opinion, &a->opinion)) return false;
    bool plain = person == NULL || strspn(person, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST"
                                                  "UVWXYZ0123456789_.-") == strlen(person);
    a->person = doc_types[a->type].selector == SELECT_PERSON ? person : NULL;
    return plain && read_id(http_param(x, "dialogue"), &a->dialogue);
}

enum http_next get_issue(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct asked_issue *a = arena_new(http_arena(x), struct asked_issue);
    if (!read_asked(x, a)) return http_error(x, 404);
    return http_offload(x, show_on_worker, a);
}

static void answer_issue(struct http_exchange *x, struct act *act)
{
    struct asked_issue a = {.refusal = act->refusal};
    if (!read_asked(x, &a) || act->refusal.code == REFUSAL_NOT_FOUND ||
        act->refusal.code == REFUSAL_FORBIDDEN) {
        http_error(x, act->refusal.code == REFUSAL_FORBIDDEN ? 403 : 404);
        return;
    }
    if (act->refusal.code != REFUSAL_NONE) {
        show_form(x, &a);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303, "/lam-viec/van-thu/so");
}

static const char *none_if_empty(const char *text)
{
    return *text == 0 ? NULL : text;
}

enum http_next post_issue(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct asked_issue a = {0};
    if (!read_asked(x, &a)) return http_error(x, 404);
    struct act *act = visit_act(x);
    struct issue_wish *wish = arena_new(&act->input, struct issue_wish);
    form_read_others(x, act, "date number symbol external recipients replaces");
    const char *day = office_text(x, act, "date", false, DAY_TEXT);
    *wish = (struct issue_wish){
        .type = a.type,
        .opinion = a.opinion,
        .person = arena_strdup(&act->input, a.person),
        .number = none_if_empty(office_text(x, act, "number", false, ISSUE_NUMBER_MAX)),
        .symbol = none_if_empty(office_text(x, act, "symbol", false, ISSUE_SYMBOL_MAX)),
        .day = DAY_NONE,
        .external = *office_text(x, act, "external", false, 5) != 0,
        .recipients = none_if_empty(office_text(x, act, "recipients", true, ISSUE_RECIPIENTS_MAX)),
        .replaces = none_if_empty(office_text(x, act, "replaces", false, 60))};
    if (*day != 0 && !day_parse(day, &wish->day))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "date");
    act->run = run_issue;
    act->target = a.dialogue;
    act->extra = wish;
    return visit_submit(x, act, answer_issue);
}

// ---- the register of outgoing documents

enum { REGISTER_PAGE = 200, YEARS = 6 };

static const char *number_of(struct desk *d, struct sql *sql, int64_t id)
{
    struct issued row;
    if (id == 0 || store_issued_load(sql, d->visit->unit, id, d->arena, &row) != STATUS_OK)
        return NULL;
    return issued_number_text(d->arena, &row);
}

static const char *on_one_line(struct arena *arena, const char *lines)
{
    BUF line = {0};
    for (const char *p = lines; *p != 0; p++)
        if (*p == '\n')
            buf_puts(&line, "; ");
        else
            buf_putc(&line, *p);
    return arena_strdup(arena, buf_text(&line));
}

static void fill_rows(struct desk *d, struct sql *sql, const struct issued_list *list,
                      struct issued_register_view *v)
{
    v->rows = arena_array(d->arena, struct issued_view, (size_t)list->count + 1);
    for (int i = 0; i < list->count; i++) {
        const struct issued *r = &list->rows[i];
        const struct issued_key key = {r->dialogue, r->type, r->opinion, r->person};
        struct issued newest = {0};
        bool is_newest =
            store_issued_newest(sql, d->visit->unit, &key, d->arena, &newest) == STATUS_OK &&
            newest.id == r->id;
        struct issued_view *row = &v->rows[v->count++];
        *row =
            (struct issued_view){.number = issued_number_text(d->arena, r),
                                 .type = tr(d->t.lang, doc_types[r->type].name),
                                 .title = r->title,
                                 .signer = r->signer,
                                 .recipients = on_one_line(d->arena, r->recipients),
                                 .issued_by = person_shown(&d->visit->facts->people, r->issued_by),
                                 .replaces = number_of(d, sql, r->replaces),
                                 .day = r->day,
                                 .external = r->external,
                                 .withheld = r->withheld};
        if (!r->withheld)
            row->paper = arena_printf(d->arena, "/lam-viec/van-thu/so/%lld", (long long)r->id);
        if (!is_newest && newest.replaces == r->id)
            row->replaced_by = issued_number_text(d->arena, &newest);
    }
}

static void fill_filters(struct desk *d, const char *series, struct issued_register_view *v)
{
    int this_year = day_civil(d->today).year;
    struct choice *years = arena_array(d->arena, struct choice, YEARS);
    struct choice *kinds = arena_array(d->arena, struct choice, DOC_TYPE_COUNT + 1);
    size_t count = 0;
    for (int i = 0; i < YEARS; i++) {
        const char *year = arena_printf(d->arena, "%d", this_year - i);
        years[i] = (struct choice){year, year, NULL};
    }
    kinds[count++] = (struct choice){"", tr(d->t.lang, "Tất cả các sổ"), NULL};
    for (int t = 0; t < DOC_TYPE_COUNT; t++) {
        const char *code = issue_series((enum doc_type)t);
        bool known = code == NULL;
        for (size_t k = 0; !known && k < count; k++)
            known = strcmp(kinds[k].value, code) == 0;
        if (!known) kinds[count++] = (struct choice){code, code, NULL};
    }
    v->years = (struct field_view){.name = "nam",
                                   .label = tr(d->t.lang, "Năm"),
                                   .value = arena_printf(d->arena, "%d", v->year),
                                   .choices = years,
                                   .choice_count = YEARS};
    v->series = (struct field_view){.name = "loai",
                                    .label = tr(d->t.lang, "Sổ"),
                                    .value = series,
                                    .choices = kinds,
                                    .choice_count = count};
}

enum http_next get_issued_register(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    enum http_next next;
    STORE_READ ro = NULL;
    const uint32_t readers = WHO(ROLE_ARCHIVIST) | WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) |
                             WHO(ROLE_DEPUTY) | WHO(ROLE_OVERSIGHT);
    if (!office_enter_unit(x, &d, readers, &next)) return next;
    d.page.events = desk_events(x, 0);
    if (!visit_read(x, &ro, &next)) return next;
    const char *year = http_query(x, "nam"), *series = http_query(x, "loai"),
               *after = http_query(x, "sau");
    struct issued_register_view v = {.live_path = http_target(x),
                                     .unit = unit_setting(d.visit->facts, "unit_name"),
                                     .year = year == NULL ? -1 : office_number(year)};
    if (v.year < 1) v.year = day_civil(d.today).year;
    struct issued_filter filter = {.year = v.year, .series = series, .limit = REGISTER_PAGE};
    if (after != NULL && !read_id(after, &filter.after)) return http_error(x, 404);
    struct issued_list list;
    enum status status =
        store_issued_list(store_ro_sql(ro), d.visit->unit, &filter, d.arena, &list);
    if (status != STATUS_OK) return page_failed(x, status);
    fill_rows(&d, store_ro_sql(ro), &list, &v);
    fill_filters(&d, series == NULL ? "" : series, &v);
    if (list.count == REGISTER_PAGE)
        v.next = arena_printf(d.arena, "/lam-viec/van-thu/so?nam=%d&sau=%lld", v.year,
                              (long long)list.rows[list.count - 1].id);
    desk_title(&d, tr(d.t.lang, "Sổ đăng ký văn bản đi"));
    tpl_issued_register_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

/// One document as it went out, the newest of its kind or one that was replaced since.
enum http_next get_issued_file(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    enum http_next next;
    STORE_READ ro = NULL;
    struct issued row;
    struct issued_file file;
    int64_t id;
    const char *name = http_param(x, "file"), *dot = strrchr(name, '.');
    int format = dot == NULL ? -1 : doc_format_parse(dot + 1);
    if (format < 0 || !read_id(arena_strndup(http_arena(x), name, (size_t)(dot - name)), &id))
        return http_error(x, 404);
    if (!office_enter_unit(x, &d, WHO(ROLE_ARCHIVIST) | WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR), &next))
        return next;
    if (!visit_read(x, &ro, &next)) return next;
    struct sql *sql = store_ro_sql(ro);
    enum status status = store_issued_load(sql, d.visit->unit, id, d.arena, &row);
    if (status == STATUS_OK && row.withheld) status = STATUS_NOT_FOUND; // the custodians' alone
    if (status == STATUS_OK)
        status = store_issued_file(sql, d.visit->unit, id, format, d.arena, &file);
    if (status != STATUS_OK) return page_failed(x, status);
    return issued_send(x, format, &file);
}

enum http_next issued_send(struct http_exchange *x, int format, const struct issued_file *file)
{
    buf_clear(http_out(x));
    http_set_header(x, "Cache-Control", "no-store");
    http_content_type(x, doc_formats[format].media_type);
    http_set_header(x, "Content-Disposition",
                    arena_printf(http_arena(x), "attachment; filename=\"%s\"", file->name));
    buf_put(http_out(x), file->bytes.p, file->bytes.len);
    return HTTP_DONE;
}
