// SPDX-License-Identifier: AGPL-3.0-or-later
// The ward's own facts: khóm and quotas, days off per year, settings.
#include "web/office/admin.h"
#include "web/office/admin.html.h"
#include "web/office/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "actions/office.h"
#include "actions/setup.h"
#include "base/text.h"
#include "web/form_input.h"

static const uint32_t WARD = WHO(ROLE_ADMIN) | WHO(ROLE_OFFICE);

// ---- khóm

static enum http_next show_khoms(struct http_exchange *x, struct refusal refusal)
{
    struct desk d;
    enum http_next next;
    if (!office_enter_unit(x, &d, WARD, &next)) return next;
    const struct khom_list *list = &d.visit->facts->khoms;
    const struct form *form = NULL;
    bool typed = refusal.code != REFUSAL_NONE && http_form(x, &form) == FORM_OK;
    struct khoms_view v = {.error = office_error_of(&d, refusal),
                           .rows = arena_array(d.arena, struct khom_row, (size_t)list->count + 1)};
    const struct form_field *name = typed ? form_find(form, "khom_name") : NULL,
                            *quota = typed ? form_find(form, "quota") : NULL;
    for (int i = 0; i <= list->count; i++) { // the last row is for one more
        bool stored = i < list->count;
        int number = stored ? list->rows[i].khom : list->count + 1;
        v.rows[v.count++] =
            (struct khom_row){arena_printf(d.arena, "%d", number),
                              name != NULL && text_is_utf8(name->value, name->len) ? name->value
                              : stored ? list->rows[i].name
                                       : "",
                              quota != NULL ? quota->value
                              : stored      ? arena_printf(d.arena, "%d", list->rows[i].quota)
                                            : ""};
        name = name != NULL ? form_again(name) : NULL;
        quota = quota != NULL ? form_again(quota) : NULL;
    }
    office_status(x, refusal);
    desk_title(&d, tr(d.t.lang, "Khóm và số giấy mời"));
    tpl_khoms_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_khoms(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show_khoms(x, ALLOWED);
}

static void answer_khoms(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        show_khoms(x, act->refusal);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303, "/lam-viec/quan-tri/khom");
}

static const char *cleaned(struct act *act, const struct form_field *f, const char *name)
{
    const char *text = NULL;
    if (f == NULL || f->len == 0) return "";
    struct refusal bad =
        input_text(&act->input, f->value, f->len, (struct input_want){name, false, 100},
                   &act->form_refusal, &text);
    if (bad.code != REFUSAL_NONE) input_fault(&act->form_refusal, bad.code, name);
    return text == NULL ? "" : text;
}

enum http_next post_khoms(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const struct form *form = NULL;
    if (http_form(x, &form) != FORM_OK) return http_error(x, 400);
    struct act *act = visit_act(x);
    struct khom *rows = arena_array(&act->input, struct khom, KHOM_MAX + 1);
    struct khom_list *list = arena_new(&act->input, struct khom_list);
    const struct form_field *name = form_find(form, "khom_name"), *quota = form_find(form, "quota");
    int known = visit_of(x)->facts->khoms.count;
    for (int number = 1; name != NULL && number <= KHOM_MAX; number++) {
        const char *text = cleaned(act, name, "khom_name");
        const char *count = cleaned(act, quota, "quota");
        if (*text != 0 || number <= known) // an empty last row is no khóm
            rows[list->count++] = (struct khom){number, text, office_number(count)};
        name = form_again(name);
        quota = quota != NULL ? form_again(quota) : NULL;
    }
    list->rows = rows;
    form_read_others(x, act, "khom_name* quota*");
    act->run = run_khoms_write;
    act->extra = list;
    return visit_submit(x, act, answer_khoms);
}

// ---- days off

static struct field_view kind_field(struct desk *d, const char *value)
{
    struct choice *rows = arena_array(d->arena, struct choice, CALENDAR_KIND_COUNT);
    for (int i = 0; i < CALENDAR_KIND_COUNT; i++)
        rows[i] = (struct choice){
            calendar_kind_word((enum calendar_kind)i),
            text_capital(d->arena, calendar_kind_label((enum calendar_kind)i)), NULL};
    return (struct field_view){.name = "kind",
                               .label = tr(d->t.lang, "Loại ngày"),
                               .value = value,
                               .choices = rows,
                               .choice_count = CALENDAR_KIND_COUNT};
}

static void fill_days(struct desk *d, struct holidays_view *v)
{
    const struct calendar *calendar = &d->visit->facts->calendar;
    v->rows = arena_array(d->arena, struct holiday_row, calendar->count + 1);
    for (size_t i = 0; i < calendar->count; i++) {
        const struct calendar_day *day = &calendar->days[i];
        char text[DAY_TEXT];
        if (day_civil(day->day).year != v->year) continue;
        v->rows[v->count++] =
            (struct holiday_row){day, calendar_kind_label(day->kind),
                                 text_capital(d->arena, calendar_weekday_name(day->day)),
                                 arena_strdup(d->arena, day_format(day->day, text))};
    }
}

static enum http_next show_holidays(struct http_exchange *x, struct refusal refusal)
{
    struct desk d;
    enum http_next next;
    int64_t year = 0;
    bool typed = refusal.code != REFUSAL_NONE;
    if (!read_id(http_param(x, "year"), &year) || year < 2000 || year > 2200)
        return http_error(x, 404);
    if (!office_enter_unit(x, &d, WARD, &next)) return next;
    struct holidays_view v = {
        .year = (int)year,
        .path = arena_printf(d.arena, "/lam-viec/quan-tri/ngay-nghi/%d", (int)year),
        .previous = arena_printf(d.arena, "/lam-viec/quan-tri/ngay-nghi/%d", (int)year - 1),
        .next = arena_printf(d.arena, "/lam-viec/quan-tri/ngay-nghi/%d", (int)year + 1),
        .error = office_error_of(&d, refusal),
        .kind = kind_field(&d, typed ? form_typed(x, "kind") : "off"),
        .day = typed ? form_typed(x, "day") : "",
        .name = typed ? form_typed(x, "name") : "",
        .source = typed ? form_typed(x, "source") : "",
        .confirmed = typed && strcmp(form_typed(x, "confirmed"), "1") == 0};
    fill_days(&d, &v);
    office_status(x, refusal);
    desk_title(&d, arena_printf(d.arena, tr(d.t.lang, "Ngày nghỉ, ngày làm bù năm %d"), v.year));
    tpl_holidays_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_holidays(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show_holidays(x, ALLOWED);
}

enum http_next get_holidays_now(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int year = day_civil(instant_day(visit_of(x)->now_ms)).year;
    return http_redirect(x, 303,
                         arena_printf(http_arena(x), "/lam-viec/quan-tri/ngay-nghi/%d", year));
}

static void answer_holiday(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        show_holidays(x, act->refusal);
        return;
    }
    page_flash(x, "saved");
    http_redirect(
        x, 303,
        arena_printf(http_arena(x), "/lam-viec/quan-tri/ngay-nghi/%s", http_param(x, "year")));
}

enum http_next post_holiday(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct act *act = visit_act(x);
    struct calendar_day *day = arena_new(&act->input, struct calendar_day);
    const char *text = office_text(x, act, "day", false, 20);
    form_read_others(x, act, "day kind name source confirmed");
    *day = (struct calendar_day){.day = DAY_NONE,
                                 .confirmed = strcmp(form_typed(x, "confirmed"), "1") == 0,
                                 .name = office_text(x, act, "name", false, 200),
                                 .source = office_text(x, act, "source", false, 200)};
    if (*text != 0 && !day_parse(text, &day->day))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "day");
    if (!calendar_kind_parse(form_typed(x, "kind"), &day->kind))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "kind");
    act->run = run_holiday_write;
    act->extra = day;
    return visit_submit(x, act, answer_holiday);
}

enum http_next post_holiday_delete(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int32_t day;
    if (!day_parse(http_param(x, "day"), &day)) return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_holiday_delete;
    form_read_others(x, act, NULL);
    act->extra = arena_memdup(&act->input, &day, sizeof(day));
    return visit_submit(x, act, answer_holiday);
}

// ---- settings

static enum http_next show_settings(struct http_exchange *x, struct refusal refusal)
{
    struct desk d;
    enum http_next next;
    if (!office_enter_unit(x, &d, WHO(ROLE_ADMIN), &next)) return next;
    bool typed = refusal.code != REFUSAL_NONE;
    struct settings_view v = {
        .error = office_error_of(&d, refusal),
        .rows = arena_array(d.arena, struct setting_field, (size_t)setting_row_count)};
    for (int i = 0; i < setting_row_count; i++) {
        const struct setting_row *row = &setting_rows[i];
        v.rows[v.count++] = (struct setting_field){
            row->name, tr(d.t.lang, row->label),
            row->secret ? ""
            : typed     ? form_typed(x, row->name)
                        : setting_of(&d.visit->facts->settings, row->name, row->value)};
    }
    office_status(x, refusal);
    desk_title(&d, tr(d.t.lang, "Cài đặt của đơn vị"));
    tpl_settings_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_settings(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show_settings(x, ALLOWED);
}

static void answer_settings(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        show_settings(x, act->refusal);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303, "/lam-viec/quan-tri/cai-dat");
}

enum http_next post_settings(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const struct form *form = NULL;
    const char *names = "";
    if (http_form(x, &form) != FORM_OK) return http_error(x, 400);
    struct act *act = visit_act(x);
    struct setting *rows = arena_array(&act->input, struct setting, (size_t)setting_row_count);
    struct setting_list *list = arena_new(&act->input, struct setting_list);
    for (int i = 0; i < setting_row_count; i++) {
        const char *name = setting_rows[i].name;
        names = arena_printf(http_arena(x), "%s %s", names, name);
        if (form_find(form, name) == NULL) continue; // not asked about: left as it is
        const char *value = office_text(x, act, name, false, 300);
        if (setting_rows[i].secret && *value == 0) continue; // never shown, so left as it is
        rows[list->count++] = (struct setting){name, value};
    }
    list->rows = rows;
    form_read_others(x, act, names);
    act->run = run_settings_write;
    act->extra = list;
    return visit_submit(x, act, answer_settings);
}
