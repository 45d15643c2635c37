// SPDX-License-Identifier: AGPL-3.0-or-later
// One's own password; and the messages that could not be sent, with the way to send them again.
// Never draws a password again, nor a whole address.
#include "web/office/own.h"
#include "web/office/handlers.h"
#include "web/office/own.html.h"

#include <string.h>

#include "actions/office.h"
#include "base/text.h"
#include "store/outbox.h"
#include "web/form_input.h"
#include "web/form_names.h"
#include "web/own_password.h"

// ---- one's own password

static enum http_next show_password(struct http_exchange *x, struct refusal refusal)
{
    struct desk d;
    desk_begin(x, &d);
    struct own_password_view v = {.error = office_error_of(&d, refusal)};
    office_status(x, refusal);
    desk_title(&d, tr(d.t.lang, "Đổi mật khẩu"));
    tpl_own_password_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_own_password(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show_password(x, ALLOWED);
}

static void answer_password(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        show_password(x, act->refusal);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303, "/lam-viec");
}

static enum http_next check_password(struct http_exchange *x, void *arg)
{
    struct own_password *o = arg;
    enum http_next next;
    if (!own_password_check(x, o, &next)) return next;
    if (o->refusal.code != REFUSAL_NONE) return show_password(x, o->refusal);
    return own_password_write(x, o, answer_password);
}

enum http_next post_own_password(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct own_password *o = arena_new(http_arena(x), struct own_password);
    o->current = form_typed(x, "current");
    o->password = form_typed(x, "password");
    struct refusal fault =
        form_names_fault(x, &(struct form_names){.others = "current password password_again"});
    if (fault.code == REFUSAL_NONE && *o->current == 0)
        fault = REFUSE_FIELD(REFUSAL_REQUIRED, "current");
    if (fault.code == REFUSAL_NONE) fault = password_fault(o->password, "password");
    if (fault.code == REFUSAL_NONE && strcmp(o->password, form_typed(x, "password_again")) != 0)
        fault = REFUSE_WHY(REFUSAL_INVALID, "password_again",
                           N_("Hai lần nhập mật khẩu không giống nhau."));
    if (fault.code != REFUSAL_NONE) return show_password(x, fault);
    return http_offload(x, check_password, o);
}

// ---- messages that were given up

enum { SHOWN_BEFORE = 2, SHOWN_AFTER = 3, LONGEST_SHOWN = 5 };

/// "ki…@example.vn", "09…678": enough to know which it is, not to write to it.
static const char *masked(struct arena *arena, const struct outbox_message *m)
{
    const char *at = strchr(m->recipient, '@');
    size_t before = text_prefix(m->recipient, SHOWN_BEFORE), len = strlen(m->recipient);
    if (at != NULL && (size_t)(at - m->recipient) < before) before = 0;
    if (at != NULL) return arena_printf(arena, "%.*s…%s", (int)before, m->recipient, at);
    if (len <= LONGEST_SHOWN) return "…";
    return arena_printf(arena, "%.*s…%s", (int)before, m->recipient,
                        m->recipient + len - SHOWN_AFTER);
}

/// Given up after the last attempt, or refused for good before it.
static const char *reason_of(struct desk *d, const struct outbox_message *m)
{
    enum { ATTEMPTS = 7 }; // the first, and one for each row of outbox_retry_minutes
    if (m->attempts >= ATTEMPTS)
        return arena_printf(d->arena, tr(d->t.lang, "Đã thử %d lần, máy chủ chưa nhận."),
                            m->attempts);
    return m->transport == OUTBOX_EMAIL
               ? tr(d->t.lang, "Máy chủ thư từ chối: địa chỉ sai hoặc hộp thư không còn.")
               : tr(d->t.lang, "Cổng tin nhắn từ chối: số điện thoại sai.");
}

static struct letter_row row_of(struct desk *d, const struct outbox_message *m)
{
    char number[OPINION_NUMBER_TEXT];
    opinion_number_format(m->opinion, number);
    const char *rest = strstr(m->subject, ": ");
    return (struct letter_row){
        .number = arena_strdup(d->arena, number),
        .desk_path = arena_printf(d->arena, "/lam-viec/y-kien/%s", number),
        .transport =
            m->transport == OUTBOX_EMAIL ? tr(d->t.lang, "thư điện tử") : tr(d->t.lang, "tin nhắn"),
        .recipient = masked(d->arena, m),
        .subject = rest != NULL ? rest + 2 : m->subject,
        .reason = reason_of(d, m),
        .retry_path = arena_printf(d->arena, "/lam-viec/thu-chua-gui/%lld", (long long)m->id)};
}

enum http_next get_letters(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    struct outbox_list list;
    enum http_next next;
    int64_t after = 0;
    STORE_READ ro = NULL;
    if (!office_enter_unit(x, &d, WHO(ROLE_OFFICE) | WHO(ROLE_ADMIN), &next)) return next;
    if (http_query(x, "sau") != NULL && !read_id(http_query(x, "sau"), &after))
        return http_error(x, 404);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status =
        store_outbox_failed(store_ro_sql(ro), d.visit->unit, after, d.arena, &list);
    if (status != STATUS_OK) return page_failed(x, status);
    const struct setting_list *settings = &d.visit->facts->settings;
    struct letters_view v = {.rows =
                                 arena_array(d.arena, struct letter_row, (size_t)list.count + 1),
                             .no_mail = *setting_of(settings, "smtp_url", "") == 0};
    for (int i = 0; i < list.count; i++)
        v.rows[v.count++] = row_of(&d, &list.rows[i]);
    if (list.count == OUTBOX_FAILED_PAGE)
        v.next_path = arena_printf(d.arena, "/lam-viec/thu-chua-gui?sau=%lld",
                                   (long long)list.rows[list.count - 1].id);
    desk_title(&d, tr(d.t.lang, "Thư, tin nhắn chưa gửi được"));
    tpl_letters_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

static void answer_retry(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code == REFUSAL_FORBIDDEN) {
        http_error(x, 403);
        return;
    }
    // Not among the failed any more: somebody was faster, and the list shows it.
    page_flash(x, act->refusal.code == REFUSAL_NONE ? "sent_again" : "nothing_new");
    http_redirect(x, 303, "/lam-viec/thu-chua-gui");
}

enum http_next post_letter(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "message"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_outbox_retry;
    act->target = id;
    form_read_others(x, act, NULL);
    return visit_submit(x, act, answer_retry);
}
