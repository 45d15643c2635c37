// SPDX-License-Identifier: AGPL-3.0-or-later
// Entering a receipt, the page behind it, and the author's own acts.
#include "web/public/follow.h"

#include <string.h>

#include "base/log.h"
#include "domain/receipt.h"
#include "store/dialogue.h"
#include "store/opinion.h"
#include "store/opinion_list.h"
#include "web/form_input.h"
#include "web/form_names.h"
#include "web/public/follow.html.h"
#include "web/public/handlers.h"
#include "web/public/home.h"
#include "web/public/send.h"
#include "web/read.h"

/// What was just refused, to be drawn again in its place.
struct refused {
    int64_t opinion, entry;
    int action; // -1 nothing
    struct refusal refusal;
};

// ---- what the author may do now

static const struct {
    enum opinion_action action;
    const char *title, *button, *intro;
    bool danger;
} author_acts[] = {
    {ACT_AGREE, N_("Tôi đồng ý với câu trả lời"), N_("Tôi đồng ý"),
     N_("Sau khi ông/bà đồng ý, chủ trì sẽ kết luận về ý kiến này."), false},
    {ACT_CONTINUE, N_("Tôi muốn trao đổi tiếp"), N_("Gửi trao đổi tiếp"),
     N_("Xin nêu điều ông/bà thấy chưa rõ hoặc chưa đồng ý. Mỗi ý kiến có tối đa ba lượt trao "
        "đổi."),
     false},
    {ACT_REPLY, N_("Trả lời câu hỏi lại, bổ sung thông tin"), N_("Gửi"), NULL, false},
    {ACT_AMEND, N_("Sửa lời ý kiến"), N_("Lưu lời đã sửa"),
     N_("Ông/bà sửa được khi thư ký chưa chuyển ý kiến đến chủ trì."), false},
    {ACT_REOPEN, N_("Đề nghị xem lại kết luận"), N_("Gửi đề nghị"),
     N_("Gửi được trong 30 ngày kể từ ngày kết luận."), false},
    {ACT_CHANGE_CONTACT, N_("Đổi cách liên hệ, cách nhận trả lời"), N_("Lưu"), NULL, false},
    {ACT_WITHDRAW, N_("Rút ý kiến"), N_("Rút ý kiến này"),
     N_("Ý kiến đã rút không được trả lời nữa. Nội dung vẫn được lưu theo quy định về lưu trữ."),
     true},
};

static const char *act_path(struct arena *arena, int64_t opinion, enum opinion_action action)
{
    char number[OPINION_NUMBER_TEXT];
    return arena_printf(arena, "/tra-cuu/y-kien/%s/%s", opinion_number_format(opinion, number),
                        opinion_rules[action].code);
}

static struct action_form *author_form(struct http_exchange *x, const struct opinion *o, size_t k,
                                       const struct refused *refused)
{
    enum lang lang = visit_lang(visit_of(x));
    enum opinion_action action = author_acts[k].action;
    bool here = refused->action == (int)action && refused->opinion == o->id;
    const struct action_preset presets[] = {
        {PARAM_TEXT, action == ACT_AMEND ? o->content : "", false},
        {PARAM_PHONE, o->phone, false},
        {PARAM_EMAIL, o->email, false},
        {PARAM_REPLY_BY, value_code(&reply_bys, (int)o->reply_by), false},
    };
    const struct action_form_options options = {
        .action = act_path(http_arena(x), o->id, action),
        .title = tr(lang, author_acts[k].title),
        .button = tr(lang, author_acts[k].button),
        .intro = author_acts[k].intro != NULL ? tr(lang, author_acts[k].intro) : NULL,
        .presets = presets,
        .preset_count = ARRAY_LEN(presets),
        .danger = author_acts[k].danger,
        .refusal = here ? &refused->refusal : NULL,
    };
    return action_form_opinion(x, o, action, &options);
}

static void add_forms(struct http_exchange *x, struct opinion_case *c,
                      struct opinion_page_view *view, const struct refused *refused)
{
    view->forms = arena_array(http_arena(x), struct action_form *, ARRAY_LEN(author_acts));
    for (size_t k = 0; k < ARRAY_LEN(author_acts); k++) {
        enum opinion_action action = author_acts[k].action;
        bool done = action == ACT_AGREE && c->opinion->verdict == VERDICT_AGREED;
        if (done || !opinion_can(c, action)) continue;
        struct action_form *form = author_form(x, c->opinion, k, refused);
        form->open = form->open || action == ACT_AGREE || action == ACT_CONTINUE;
        view->forms[view->form_count++] = form;
    }
}

/// Beside each act that staff recorded in the author's name.
static void add_revokes(struct http_exchange *x, struct opinion_case *c, struct thread_item *items,
                        size_t count, const struct refused *refused)
{
    if (!opinion_can(c, ACT_REVOKE)) return;
    enum lang lang = visit_lang(visit_of(x));
    for (size_t k = 0; k < count; k++) {
        if (!items[k].proxy || items[k].revoked) continue;
        struct arena *arena = http_arena(x);
        const struct action_preset preset = {
            PARAM_ENTRY, arena_printf(arena, "%lld", (long long)items[k].entry), true};
        bool here = refused->action == ACT_REVOKE && refused->opinion == c->opinion->id &&
                    refused->entry == items[k].entry;
        const struct action_form_options options = {
            .action = act_path(arena, c->opinion->id, ACT_REVOKE),
            .title = tr(lang, "Tôi không nói, không làm như vậy"),
            .button = tr(lang, "Hủy việc ghi thay này"),
            .intro = tr(lang, "Việc ghi thay bị hủy; sổ vẫn giữ dấu vết để kiểm tra."),
            .presets = &preset,
            .preset_count = 1,
            .danger = true,
            .refusal = here ? &refused->refusal : NULL,
        };
        items[k].revoke = action_form_opinion(x, c->opinion, ACT_REVOKE, &options);
        items[k].revoke->id =
            arena_printf(arena, "%s-%lld", items[k].revoke->id, (long long)items[k].entry);
    }
}

static const char *contact_of(struct arena *arena, const struct opinion *o)
{
    bool phone = *o->phone != 0, email = *o->email != 0;
    if (!phone && !email) return NULL;
    return arena_printf(arena, "%s%s%s", o->phone, phone && email ? ", " : "", o->email);
}

static enum status fill_one(struct http_exchange *x, struct sql *sql, int64_t id,
                            const struct refused *refused, struct opinion_page_view *view)
{
    struct arena *arena = http_arena(x);
    struct visit *v = visit_of(x);
    enum lang lang = visit_lang(v);
    struct opinion *o = arena_new(arena, struct opinion);
    struct dialogue *d = arena_new(arena, struct dialogue);
    struct opinion_case c;
    enum status status = read_opinion_case(x, sql, id, d, o, &c);
    if (status != STATUS_OK) return status;
    thread_fill(&c, v->facts, lang, view);
    view->contact = contact_of(arena, o);
    view->reply_by = title_of(arena, lang, &reply_bys, (int)o->reply_by);
    struct thread_item *items =
        arena_memdup(arena, view->items, view->count * sizeof(struct thread_item) + 1);
    add_revokes(x, &c, items, view->count, refused);
    view->items = items;
    add_forms(x, &c, view, refused);
    return STATUS_OK;
}

static const struct action_form *refused_form(const struct follow_view *view)
{
    for (size_t i = 0; i < view->count; i++)
        for (size_t k = 0; k < view->opinions[i].form_count; k++)
            if (view->opinions[i].forms[k]->error_title != NULL) return view->opinions[i].forms[k];
    return NULL;
}

static enum status fill_follow(struct http_exchange *x, const struct refused *refused,
                               struct follow_view *view)
{
    STORE_READ ro = NULL;
    struct visit *v = visit_of(x);
    struct opinion_rows rows;
    enum status status = store_read_begin(v->web->app->store, &ro);
    if (status == STATUS_OK)
        status = store_opinions_of_receipt(store_ro_sql(ro), v->unit, v->actor.receipt_hash,
                                           http_arena(x), &rows);
    if (status == STATUS_OK && rows.count == 0) return STATUS_NOT_FOUND;
    if (status != STATUS_OK) return status;
    struct opinion_page_view *list =
        arena_array(http_arena(x), struct opinion_page_view, (size_t)rows.count);
    for (int i = 0; status == STATUS_OK && i < rows.count; i++)
        status = fill_one(x, store_ro_sql(ro), rows.rows[i].id, refused, &list[i]);
    *view = (struct follow_view){.opinions = list,
                                 .count = (size_t)rows.count,
                                 .contact = unit_setting(v->facts, "contact")};
    view->refused = refused_form(view);
    return status;
}

static enum http_next show_enter(struct http_exchange *x, const char *typed, const char *error)
{
    struct visit *v = visit_of(x);
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, tr(visit_lang(v), "Theo dõi ý kiến"));
    page.here = "/tra-cuu";
    struct enter_view view = {typed, error, v->actor.kind == ACTOR_ACCOUNT};
    if (error != NULL) http_status(x, 422);
    http_set_header(x, "Cache-Control", "no-store");
    tpl_public_enter(&t, &page, &view);
    return HTTP_DONE;
}

/// Whose stream the page follows.
static enum status dialogue_of_receipt(struct http_exchange *x, int64_t *ret_dialogue)
{
    STORE_READ ro = NULL;
    struct visit *v = visit_of(x);
    struct opinion_rows rows;
    enum status status = store_read_begin(v->web->app->store, &ro);
    if (status == STATUS_OK)
        status = store_opinions_of_receipt(store_ro_sql(ro), v->unit, v->actor.receipt_hash,
                                           http_arena(x), &rows);
    if (status == STATUS_OK && rows.count == 0) return STATUS_NOT_FOUND;
    if (status == STATUS_OK) *ret_dialogue = rows.rows[0].dialogue;
    return status;
}

static enum http_next show_follow(struct http_exchange *x, const struct refused *refused)
{
    struct follow_view view;
    int64_t dialogue = 0;
    enum status status = dialogue_of_receipt(x, &dialogue);
    struct visit *v = visit_of(x);
    const char *events = public_events_path(http_arena(x), v, dialogue);
    if (status == STATUS_OK) status = fill_follow(x, refused, &view);
    if (status == STATUS_NOT_FOUND) { // a receipt made void, or a cookie from elsewhere
        receipt_cookie_clear(x);
        return show_enter(x, "", NULL);
    }
    if (status != STATUS_OK) return page_failed(x, status);
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, tr(visit_lang(v), "Ý kiến của ông/bà"));
    page.here = "/tra-cuu";
    page.events = events;
    bool person_here = !http_is_htmx(x); // a page left open does not keep itself open
    if (person_here && v->by_cookie) receipt_cookie_set(x, v->session);
    if (refused->action >= 0) http_status(x, refusal_rows[refused->refusal.code].http_status);
    http_set_header(x, "Cache-Control", "no-store");
    tpl_public_follow(&t, &page, &view);
    return HTTP_DONE;
}

static const struct refused nothing_refused = {.action = -1};

enum http_next get_public_follow(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    if (visit_of(x)->actor.kind != ACTOR_AUTHOR) return show_enter(x, "", NULL);
    return show_follow(x, &nothing_refused);
}

// ---- entering and leaving

static enum status receipt_known(struct http_exchange *x, const char *digits, bool *ret_known)
{
    STORE_READ ro = NULL;
    struct visit *v = visit_of(x);
    struct opinion_rows rows;
    unsigned char hash[RECEIPT_HASH_BYTES];
    receipt_hash(&v->web->app->keys, v->unit, digits, hash);
    enum status status = store_read_begin(v->web->app->store, &ro);
    if (status == STATUS_OK)
        status = store_opinions_of_receipt(store_ro_sql(ro), v->unit, hash, http_arena(x), &rows);
    if (status == STATUS_OK) *ret_known = rows.count > 0;
    return status;
}

enum http_next post_public_follow(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    char digits[RECEIPT_SIZE];
    const char *typed = form_typed(x, "ma");
    const struct refusal strange = form_names_fault(x, &(struct form_names){.others = "ma"});
    enum lang lang = visit_lang(visit_of(x));
    enum receipt_fault fault = receipt_parse(typed, digits);
    if (strange.code != REFUSAL_NONE) return show_enter(x, typed, refusal_advice(lang, strange));
    if (fault != RECEIPT_OK) return show_enter(x, typed, tr(lang, receipt_fault_text(fault)));
    bool known = false;
    enum status status = receipt_known(x, digits, &known);
    if (status != STATUS_OK) return page_failed(x, status);
    if (!known)
        return show_enter(x, typed,
                          tr(lang, "Không có ý kiến nào mang mã này. Nếu đã được cấp lại giấy biên "
                                   "nhận, xin dùng mã mới."));
    receipt_cookie_set(x, digits);
    return http_redirect(x, 303, "/tra-cuu");
}

enum http_next post_public_follow_close(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const struct refusal strange = form_names_fault(x, &(struct form_names){0});
    if (strange.code != REFUSAL_NONE) return http_error(x, refusal_rows[strange.code].http_status);
    receipt_cookie_clear(x);
    page_flash(x, "receipt_closed");
    return http_redirect(x, 303, "/tra-cuu");
}

// ---- acting

static void answer_action(struct http_exchange *x, struct act *act)
{
    char number[OPINION_NUMBER_TEXT];
    if (act->refusal.code == REFUSAL_NONE) {
        page_flash(x, arena_printf(http_arena(x), "opinion.%s", opinion_rules[act->action].code));
        http_redirect(x, 303,
                      arena_printf(http_arena(x), "/tra-cuu#y-kien-%s",
                                   opinion_number_format(act->target, number)));
        return;
    }
    if (act->refusal.code == REFUSAL_NOT_FOUND) {
        http_error(x, 404);
        return;
    }
    struct refused refused = {.opinion = act->target,
                              .entry = param_number(&act->params, PARAM_ENTRY, 0),
                              .action = act->action,
                              .refusal = act->refusal};
    show_follow(x, &refused);
}

static bool is_author_act(int action)
{
    for (size_t k = 0; k < ARRAY_LEN(author_acts); k++)
        if ((int)author_acts[k].action == action) return true;
    return action == ACT_REVOKE;
}

enum http_next post_public_follow_action(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    int action = opinion_action_parse(http_param(x, "action"));
    if (!opinion_number_parse(http_param(x, "number"), &id) || !is_author_act(action))
        return http_error(x, 404);
    if (visit_of(x)->actor.kind != ACTOR_AUTHOR) return http_redirect(x, 303, "/tra-cuu");
    struct act *act = visit_act(x);
    act->run = run_opinion_action;
    act->action = action;
    act->target = id;
    const struct opinion_rule *rule = &opinion_rules[action];
    form_read_action(x, act, rule->params, rule->param_count, NULL);
    act->behalf = BEHALF_SELF;
    return visit_submit(x, act, answer_action);
}
