// SPDX-License-Identifier: AGPL-3.0-or-later
// Signing in and out over pages. Says only that name or password is wrong, never which; the
// password is never put back into the page.
#include "web/desks/handlers.h"

#include <string.h>

#include "actions/password.h"
#include "web/desks/session.html.h"
#include "web/form_input.h"
#include "web/form_names.h"
#include "web/input.h"
#include "web/page_common.h"
#include "web/sign_in.h"

/// `bad`: 0 the name, 1 the password.
static enum http_next show(struct http_exchange *x, const char *username, int bad,
                           const char *error)
{
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, "");
    page.title = tr(t.lang, "Cán bộ đăng nhập");
    struct sign_in_view v = {.fields = {{.name = "username",
                                         .label = tr(t.lang, "Tên đăng nhập"),
                                         .value = username,
                                         .autocomplete = "username",
                                         .is_short = true},
                                        {.name = "password",
                                         .label = tr(t.lang, "Mật khẩu"),
                                         .value = "",
                                         .type = "password",
                                         .autocomplete = "current-password",
                                         .is_short = true}}};
    if (error != NULL) {
        v.fields[bad].error = error;
        http_status(x, 422);
    }
    v.form = (struct form_view){.fields = v.fields, .count = ARRAY_LEN(v.fields)};
    tpl_sign_in_page(&t, &page, &v);
    return HTTP_DONE;
}

enum http_next get_sign_in(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    if (visit_of(x)->actor.kind == ACTOR_ACCOUNT) return http_redirect(x, 303, "/lam-viec");
    return show(x, "", 0, NULL);
}

static enum http_next show_wrong(struct http_exchange *x, const char *username)
{
    return show(x, username, *username == 0 ? 0 : 1,
                tr(visit_lang(visit_of(x)), "Tên đăng nhập hoặc mật khẩu không đúng."));
}

static void set_session(struct http_exchange *x, const char *token, long age)
{
    bool tls = http_is_tls(x);
    http_set_cookie(x, &(struct http_cookie){.name = tls ? "__Host-phien" : "phien",
                                             .value = token,
                                             .max_age_s = age,
                                             .secure = tls});
}

static void answer_sign_in(struct http_exchange *x, struct act *act)
{
    const struct sign_in *s = act->ctx_extra;
    if (act->refusal.code != REFUSAL_NONE) {
        show_wrong(x, s->username);
        return;
    }
    set_session(x, s->token, SESSION_HOURS * 3600L);
    http_redirect(x, 303, "/lam-viec");
}

static enum http_next check_password(struct http_exchange *x, void *arg)
{
    struct sign_in *s = arg;
    enum http_next next;
    if (!sign_in_check(x, s, &next)) return next;
    if (!s->fits) return show_wrong(x, s->username);
    return sign_in_begin(x, s, answer_sign_in);
}

static const char *read_line(struct http_exchange *x, const char *name, size_t max)
{
    struct refusal fault = ALLOWED;
    const char *typed = form_typed(x, name), *text = NULL;
    struct refusal refusal = input_text(http_arena(x), typed, strlen(typed),
                                        (struct input_want){name, false, max}, &fault, &text);
    bool fits = refusal.code == REFUSAL_NONE && fault.code == REFUSAL_NONE && text != NULL;
    return fits ? text : "";
}

enum http_next post_sign_in(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct sign_in *s = arena_new(http_arena(x), struct sign_in);
    s->username = read_line(x, "username", 40);
    s->password = read_line(x, "password", PASSWORD_MAX);
    const enum lang lang = visit_lang(visit_of(x));
    const struct refusal strange =
        form_names_fault(x, &(struct form_names){.others = "username password"});
    const char *typed = form_typed(x, "username");
    if (strange.code != REFUSAL_NONE) return show(x, typed, 0, refusal_advice(lang, strange));
    if (*s->username == 0 || *s->password == 0)
        return show(x, typed, *s->username == 0 ? 0 : 1,
                    tr(lang, "Hãy nhập đủ tên đăng nhập và mật khẩu."));
    return http_offload(x, check_password, s);
}

static void answer_sign_out(struct http_exchange *x, struct act *act)
{
    (void)act;
    set_session(x, "", -1);
    page_flash(x, "signed_out");
    http_redirect(x, 303, "/lam-viec/dang-nhap");
}

enum http_next post_sign_out(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const struct refusal strange = form_names_fault(x, &(struct form_names){0});
    if (strange.code != REFUSAL_NONE) return http_error(x, refusal_rows[strange.code].http_status);
    return sign_out(x, answer_sign_out);
}
