// SPDX-License-Identifier: AGPL-3.0-or-later
// Accounts: the list, one account, a new one, a new password. Passwords are hashed on a worker and
// never drawn again.
#include "web/office/admin.h"
#include "web/office/admin.html.h"
#include "web/office/handlers.h"

#include <string.h>

#include "actions/office.h"
#include "actions/password.h"
#include "base/text.h"
#include "web/form_input.h"
#include "web/form_names.h"
#include "web/own_password.h"

static const char *roles_text(struct desk *d, uint32_t held)
{
    const char *text = "";
    for (int role = 0; role < ROLE_ACCOUNT_COUNT; role++)
        if (held & WHO(role))
            text = arena_printf(d->arena, "%s%s%s", text, *text != 0 ? ", " : "",
                                label_of(d->t.lang, &roles, role));
    return text;
}

enum http_next get_admin(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    enum http_next next;
    if (!office_enter_unit(x, &d, WHO(ROLE_ADMIN), &next)) return next;
    const struct people *people = &d.visit->facts->people;
    int year = day_civil(d.today).year;
    struct admin_view v = {
        .rows = arena_array(d.arena, struct account_row, (size_t)people->count + 1),
        .too_few_custodians = custodian_count(people) < CUSTODIANS_AT_LEAST,
        .uncovered_year = !calendar_covers(&d.visit->facts->calendar, year),
        .holidays_path = arena_printf(d.arena, "/lam-viec/quan-tri/ngay-nghi/%d", year)};
    for (int i = 0; i < people->count; i++) {
        const struct person *p = &people->rows[i];
        v.rows[v.count++] = (struct account_row){
            .username = p->username,
            .name = p->name,
            .title = p->title,
            .roles = roles_text(&d, p->roles),
            .path = arena_printf(d.arena, "/lam-viec/quan-tri/tai-khoan/%s", p->username),
            .active = p->active};
    }
    desk_title(&d, tr(d.t.lang, "Quản trị"));
    tpl_admin_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

// ---- one account

static uint32_t boxes_typed(struct http_exchange *x, const char *name, const struct value_set *set,
                            int count)
{
    const struct form *form = NULL;
    uint32_t bits = 0;
    if (http_form(x, &form) != FORM_OK) return 0;
    for (const struct form_field *f = form_find(form, name); f != NULL; f = form_again(f)) {
        int value = value_parse(set, f->value);
        if (value >= 0 && value < count) bits |= UINT32_C(1) << value;
    }
    return bits;
}

static void fill_boxes(struct desk *d, struct account_view *v, uint32_t held, uint32_t works_in)
{
    for (int i = 0; i < ROLE_ACCOUNT_COUNT; i++)
        v->roles[i] = (struct box){value_code(&roles, i), title_of(d->arena, d->t.lang, &roles, i),
                                   (held & WHO(i)) != 0};
    for (int i = 0; i < FIELD_COUNT; i++)
        v->fields[i] =
            (struct box){value_code(&fields, i), title_of(d->arena, d->t.lang, &fields, i),
                         (works_in & UINT32_C(1) << i) != 0};
}

static struct field_view khom_field(struct desk *d, const char *value)
{
    struct choice_list list =
        choices_of_khoms(d->arena, d->visit->facts, tr(d->t.lang, "Không thuộc khóm nào"));
    return (struct field_view){.name = "khom",
                               .label = tr(d->t.lang, "Khóm phụ trách (với vai trò khóm)"),
                               .value = value,
                               .choices = list.rows,
                               .choice_count = list.count};
}

static void fill_typed(struct desk *d, struct account_view *v)
{
    v->name = form_typed(d->x, "name");
    v->title = form_typed(d->x, "title");
    v->active = strcmp(form_typed(d->x, "active"), "1") == 0;
    v->khom = khom_field(d, form_typed(d->x, "khom"));
    fill_boxes(d, v, boxes_typed(d->x, "roles", &roles, ROLE_ACCOUNT_COUNT),
               boxes_typed(d->x, "fields", &fields, FIELD_COUNT));
}

static void fill_stored(struct desk *d, const struct account *a, struct account_view *v)
{
    const struct person *p = &a->person;
    v->name = p->name;
    v->title = p->title;
    v->active = p->active;
    v->version = arena_printf(d->arena, "%lld", (long long)a->version);
    v->khom = khom_field(d, p->khom == 0 ? "" : arena_printf(d->arena, "khom%d", p->khom));
    fill_boxes(d, v, p->roles, p->fields);
}

/// username NULL: a new one. Typed values come back when they were refused, a password never.
static enum http_next show(struct http_exchange *x, const char *username, struct refusal refusal,
                           bool typed)
{
    struct desk d;
    struct account account = {0};
    enum http_next next;
    STORE_READ ro = NULL;
    if (!office_enter_unit(x, &d, WHO(ROLE_ADMIN), &next)) return next;
    if (!visit_read(x, &ro, &next)) return next;
    struct account_view v = {
        .is_new = username == NULL,
        .username = username != NULL ? username
                    : typed          ? form_typed(x, "username")
                                     : "",
        .name = "",
        .title = "",
        .active = true,
        .error = office_error_of(&d, refusal),
        .too_few_custodians = custodian_count(&d.visit->facts->people) < CUSTODIANS_AT_LEAST,
        .path = username == NULL
                    ? "/lam-viec/quan-tri/tai-khoan/moi"
                    : arena_printf(d.arena, "/lam-viec/quan-tri/tai-khoan/%s", username)};
    v.password_path = arena_printf(d.arena, "%s/mat-khau", v.path);
    v.khom = khom_field(&d, "");
    fill_boxes(&d, &v, 0, 0);
    if (username != NULL) {
        enum status status =
            store_account(store_ro_sql(ro), d.visit->unit, username, d.arena, &account);
        if (status != STATUS_OK) return page_failed(x, status);
        v.self = strcmp(username, d.visit->actor.person->username) == 0;
        fill_stored(&d, &account, &v);
    }
    if (typed) fill_typed(&d, &v);
    if (typed && refusal.code != REFUSAL_STALE && username != NULL)
        v.version = form_typed(x, "if_version");
    office_status(x, refusal);
    desk_title(&d, username == NULL
                       ? tr(d.t.lang, "Lập tài khoản")
                       : arena_printf(d.arena, tr(d.t.lang, "Tài khoản %s"), username));
    tpl_account_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_account_new(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, NULL, ALLOWED, false);
}

enum http_next get_account(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, http_param(x, "username"), ALLOWED, false);
}

static struct account_change *read_change(struct http_exchange *x, struct act *act)
{
    struct account_change *change = arena_new(&act->input, struct account_change);
    int khom = input_khom(form_typed(x, "khom"));
    *change = (struct account_change){.name = office_text(x, act, "name", false, 200),
                                      .title = office_text(x, act, "title", false, 200),
                                      .roles = boxes_typed(x, "roles", &roles, ROLE_ACCOUNT_COUNT),
                                      .fields = boxes_typed(x, "fields", &fields, FIELD_COUNT),
                                      .khom = khom > 0 ? khom : 0,
                                      .active = strcmp(form_typed(x, "active"), "1") == 0};
    act->extra = change;
    return change;
}

static void answer_update(struct http_exchange *x, struct act *act)
{
    const char *username = http_param(x, "username");
    if (act->refusal.code != REFUSAL_NONE) {
        show(x, username, act->refusal, true);
        return;
    }
    page_flash(x, "saved");
    // Whoever gave the admin's role to nobody else still has it: the list is theirs to see.
    http_redirect(x, 303, "/lam-viec/quan-tri");
}

enum http_next post_account(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct act *act = visit_act(x);
    act->run = run_account_update;
    form_read_action(x, act, NULL, 0, "name title khom roles* fields* active");
    read_change(x, act)->username = http_param(x, "username");
    return visit_submit(x, act, answer_update);
}

// ---- passwords

static const char new_names[] =
    "username name title khom roles* fields* active password password_again";
static const char password_names[] = "password password_again";

/// The new password of the form, or why it can't be one.
static struct refusal read_password(struct http_exchange *x, const char *names,
                                    const char **ret_password)
{
    const char *password = form_typed(x, "password");
    struct refusal fault = form_names_fault(x, &(struct form_names){.others = names});
    if (fault.code == REFUSAL_NONE) fault = password_fault(password, "password");
    if (fault.code != REFUSAL_NONE) return fault;
    if (strcmp(password, form_typed(x, "password_again")) != 0)
        return REFUSE_WHY(REFUSAL_INVALID, "password_again",
                          "Hai lần nhập mật khẩu không giống nhau.");
    return *ret_password = password, ALLOWED;
}

static bool may_admin(struct http_exchange *x)
{
    return (dialogue_roles(NULL, &visit_of(x)->actor) & WHO(ROLE_ADMIN)) != 0;
}

static void answer_create(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        show(x, NULL, act->refusal, true);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303, "/lam-viec/quan-tri");
}

/// On a worker: argon2id takes a while.
static enum http_next create_hashed(struct http_exchange *x, void *arg)
{
    char *hash = arena_alloc(http_arena(x), PASSWORD_HASH_TEXT);
    if (!password_hash(arg, hash)) return http_error(x, 503);
    struct act *act = visit_act(x);
    act->run = run_account_create;
    form_read_others(x, act, new_names);
    struct account_change *change = read_change(x, act);
    change->username = office_text(x, act, "username", false, 40);
    change->active = true;
    change->password_hash = hash;
    return visit_submit(x, act, answer_create);
}

enum http_next post_account_new(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const char *password = NULL;
    if (!may_admin(x)) return desk_forbidden(x); // before any work is done for them
    struct refusal refusal = read_password(x, new_names, &password);
    if (refusal.code != REFUSAL_NONE) return show(x, NULL, refusal, true);
    return http_offload(x, create_hashed, (void *)(uintptr_t)password);
}

static void answer_password(struct http_exchange *x, struct act *act)
{
    const char *username = http_param(x, "username");
    if (act->refusal.code != REFUSAL_NONE) {
        show(x, username, act->refusal, false);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303, "/lam-viec/quan-tri");
}

static enum http_next password_hashed(struct http_exchange *x, void *arg)
{
    char *hash = arena_alloc(http_arena(x), PASSWORD_HASH_TEXT);
    if (!password_hash(arg, hash)) return http_error(x, 503);
    struct account_password *change = arena_new(http_arena(x), struct account_password);
    *change = (struct account_password){http_param(x, "username"), hash};
    struct act *act = visit_act(x);
    form_read_others(x, act, password_names);
    act->run = run_account_password;
    act->extra = change;
    return visit_submit(x, act, answer_password);
}

enum http_next post_account_password(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const char *password = NULL;
    if (!may_admin(x)) return desk_forbidden(x);
    struct refusal refusal = read_password(x, password_names, &password);
    if (refusal.code != REFUSAL_NONE) return show(x, http_param(x, "username"), refusal, false);
    return http_offload(x, password_hashed, (void *)(uintptr_t)password);
}
