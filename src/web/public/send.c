// SPDX-License-Identifier: AGPL-3.0-or-later
// The form, its answer, the receipt page.
#include "web/public/send.h"

#include <string.h>

#include "base/text.h"
#include "base/tr.h"
#include "documents/qr.h"
#include "domain/receipt.h"
#include "store/dialogue.h"
#include "store/opinion_list.h"
#include "web/form_input.h"
#include "web/public/handlers.h"
#include "web/public/home.h"
#include "web/public/send.html.h"
#include "web/read.h"

static const char receipt_cookie[] = "bien-nhan";

void receipt_cookie_set(struct http_exchange *x, const char *digits)
{
    http_set_cookie(x, &(struct http_cookie){.name = receipt_cookie,
                                             .value = digits,
                                             .max_age_s = RECEIPT_COOKIE_MINUTES * 60,
                                             .secure = http_is_tls(x)});
}

void receipt_cookie_clear(struct http_exchange *x)
{
    http_set_cookie(
        x, &(struct http_cookie){
               .name = receipt_cookie, .value = "", .max_age_s = -1, .secure = http_is_tls(x)});
}

// ---- the form

static struct field_view field_of(struct http_exchange *x, const char *name, const char *label)
{
    enum lang lang = visit_lang(visit_of(x));
    const char *typed = http_method(x) == HTTP_POST ? form_typed(x, name) : "";
    return (struct field_view){
        .name = name, .label = tr(lang, label), .value = typed, .optional = true};
}

static void set_choices(struct field_view *f, struct choice_list list)
{
    f->choices = list.rows;
    f->choice_count = list.count;
}

static void fill_person(struct http_exchange *x, struct send_view *view)
{
    const struct visit *v = visit_of(x);
    struct arena *arena = http_arena(x);
    enum lang lang = visit_lang(v);
    view->type = field_of(x, "author_type", N_("Ông/bà gửi ý kiến với tư cách"));
    view->type.optional = false;
    if (*view->type.value == 0) view->type.value = "resident";
    set_choices(&view->type, choices_of(arena, lang, &author_types, NULL));
    view->name = field_of(x, "name", N_("Họ và tên"));
    view->name.autocomplete = "name";
    view->organisation = field_of(x, "organisation", N_("Tên doanh nghiệp, cơ sở"));
    view->organisation.hint = tr(lang, "Cần ghi khi gửi với tư cách doanh nghiệp.");
    view->organisation.autocomplete = "organization";
    view->khom = field_of(x, "khom", N_("Nơi ở"));
    set_choices(&view->khom, choices_of_khoms(arena, v->facts, tr(lang, "Không chọn")));
    view->phone = field_of(x, "phone", N_("Số điện thoại"));
    view->phone.type = "tel";
    view->phone.autocomplete = "tel";
    view->phone.is_short = true;
    view->email = field_of(x, "email", N_("Thư điện tử"));
    view->email.type = "text"; // a browser's own check would speak its own language
    view->email.input_mode = "email";
    view->email.autocomplete = "email";
}

static void fill_more(struct http_exchange *x, struct send_view *view)
{
    struct arena *arena = http_arena(x);
    enum lang lang = visit_lang(visit_of(x));
    view->kind = field_of(x, "kind", N_("Đây là"));
    set_choices(&view->kind, choices_of(arena, lang, &opinion_kinds, tr(lang, "Không chọn")));
    view->field = field_of(x, "field", N_("Về lĩnh vực"));
    set_choices(&view->field,
                choices_of(arena, lang, &fields, tr(lang, "Không chọn, để thư ký xếp giúp")));
    view->wants = field_of(x, "wants", N_("Tại hội nghị"));
    set_choices(&view->wants, choices_of(arena, lang, &wants_values, tr(lang, "Không chọn")));
    view->reply_by = field_of(x, "reply_by", N_("Nhận trả lời qua"));
    set_choices(&view->reply_by,
                choices_of(arena, lang, &reply_bys, tr(lang, "Trang tra cứu (không cần chọn)")));
    const struct field_view *folded[] = {&view->kind, &view->field, &view->wants, &view->reply_by};
    for (size_t i = 0; i < ARRAY_LEN(folded); i++)
        view->more_open = view->more_open || *folded[i]->value != 0;
}

static void fill_form(struct http_exchange *x, const struct dialogue *d, struct send_view *view)
{
    const struct visit *v = visit_of(x);
    enum lang lang = visit_lang(v);
    struct dialogue_card card = dialogue_card_of(http_arena(x), lang, d, v->now_ms);
    bool sent = http_method(x) == HTTP_POST;
    *view = (struct send_view){
        .path = card.send_path,
        .key = form_new_key(x),
        .dialogue_title = d->title,
        .dialogue_path = card.path,
        .intake_text = intake_sentence(http_arena(x), lang, d, v->now_ms),
        .closed = !card.may_send,
        .publish = sent && strcmp(form_typed(x, "publish_name"), "true") == 0,
        .contact_ok = sent && strcmp(form_typed(x, "contact_ok"), "true") == 0,
    };
    view->content = field_of(x, "content", N_("Ý kiến của ông/bà"));
    view->content.optional = false;
    view->content.large = true;
    view->content.rows = 7;
    view->content.hint =
        tr(lang, "Ghi bằng lời của mình, không cần theo mẫu. Tối đa 5.000 chữ và dấu.");
    fill_person(x, view);
    fill_more(x, view);
}

static bool is_refusal_of(struct refusal refusal, const char *field)
{
    return refusal.field != NULL && strcmp(refusal.field, field) == 0;
}

/// The fault said beside its field and at the top.
static void fill_error(struct http_exchange *x, struct send_view *view, struct refusal refusal)
{
    enum lang lang = visit_lang(visit_of(x));
    const struct {
        const char *field;
        struct field_view *view;
    } places[] = {
        {"content", &view->content},    {"author.type", &view->type},
        {"author.name", &view->name},   {"author.organisation", &view->organisation},
        {"author.khom", &view->khom},   {"author.phone", &view->phone},
        {"author.email", &view->email}, {"kind", &view->kind},
        {"field", &view->field},        {"wants", &view->wants},
        {"reply_by", &view->reply_by},  {"author_type", &view->type},
    };
    view->error_title = refusal_title(lang, refusal);
    view->error_text = refusal_advice(lang, refusal);
    view->error_anchor = "content";
    if (is_refusal_of(refusal, "contact_ok")) {
        view->contact_error = view->error_text;
        view->error_anchor = "contact_ok";
    }
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        if (!is_refusal_of(refusal, places[i].field)) continue;
        places[i].view->error = view->error_text;
        view->error_text =
            arena_printf(http_arena(x), "%s: %s", places[i].view->label, view->error_text);
        view->error_anchor = places[i].view->name;
        view->more_open = view->more_open || places[i].view == &view->kind ||
                          places[i].view == &view->field || places[i].view == &view->wants ||
                          places[i].view == &view->reply_by;
    }
}

static enum http_next show_form(struct http_exchange *x, int64_t id, struct refusal refusal)
{
    STORE_READ ro = NULL;
    enum http_next next;
    struct dialogue d;
    struct visit *v = visit_of(x);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = store_dialogue_load(store_ro_sql(ro), v->unit, id, http_arena(x), &d);
    if (status == STATUS_OK && !dialogue_visible(&d, &v->actor)) status = STATUS_NOT_FOUND;
    if (status != STATUS_OK) return page_failed(x, status);
    struct send_view view;
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, tr(visit_lang(v), N_("Gửi ý kiến")));
    fill_form(x, &d, &view);
    if (refusal.code != REFUSAL_NONE) {
        fill_error(x, &view, refusal);
        http_status(x, refusal_rows[refusal.code].http_status);
    }
    tpl_public_send(&t, &page, &view);
    return HTTP_DONE;
}

enum http_next get_public_send(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    return show_form(x, id, ALLOWED);
}

static void answer_send(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code == REFUSAL_NONE) {
        receipt_cookie_set(x, act->answer.receipt);
        http_redirect(x, 303, "/bien-nhan");
        return;
    }
    show_form(x, act->target, act->refusal);
}

/// Contacts are kept only from who says that they may be used.
static struct refusal check_consent(struct http_exchange *x, const struct submission *s)
{
    bool given = (s->phone != NULL && *s->phone != 0) || (s->email != NULL && *s->email != 0);
    if (!given || strcmp(form_typed(x, "contact_ok"), "true") == 0) return ALLOWED;
    return REFUSE_WHY(
        REFUSAL_REQUIRED, "contact_ok",
        N_("Hãy đánh dấu đồng ý để cán bộ liên hệ, hoặc xóa số điện thoại và thư điện "
           "tử."));
}

enum http_next post_public_send(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_opinion_submit;
    act->target = id;
    form_read_submission(x, act);
    struct refusal consent = check_consent(x, &act->submission);
    if (act->form_refusal.code == REFUSAL_NONE) act->form_refusal = consent;
    act->submission.channel = act->caller.kind == ACTOR_ACCOUNT ? act->submission.channel : -1;
    return visit_submit(x, act, answer_send);
}

// ---- the receipt

static const char *follow_url(struct http_exchange *x)
{
    return arena_printf(http_arena(x), "%s/tra-cuu", web_people_url(x));
}

static struct qr_view qr_of(struct arena *arena, const char *text)
{
    struct qr qr = qr_encode(arena, text);
    BUF path = {0};
    if (qr.size == 0) return (struct qr_view){0};
    qr_path(&qr, &path);
    return (struct qr_view){arena_strdup(arena, buf_text(&path)),
                            arena_printf(arena, "0 0 %d %d", qr.size, qr.size)};
}

static const char *due_promise(struct arena *arena, enum lang lang, const struct opinion *o,
                               const struct dialogue *d, const struct calendar *calendar)
{
    char day[FORMAT_TEXT];
    if (o->due_legal != DAY_NONE)
        return arena_printf(arena, "%s %s.", tr(lang, "Ông/bà được trả lời chậm nhất"),
                            format_weekday(lang, o->due_legal, day));
    if (d->starts_at_ms == 0)
        return tr(lang, "Ý kiến chưa trả lời được tại hội nghị sẽ được trả lời chậm nhất 30 ngày "
                        "sau khi hội nghị kết thúc.");
    int32_t start = instant_day(d->closed_ms != 0 ? d->closed_ms : d->starts_at_ms);
    struct deadline due = deadline_compute(DEADLINE_ANSWER, d->profile, start, calendar);
    return arena_printf(
        arena, "%s %s %s.",
        tr(lang, "Ý kiến được trả lời tại hội nghị; nếu chưa trả lời được thì chậm nhất"),
        format_weekday(lang, due.legal_day, day), tr(lang, "(tính theo ngày tổ chức dự kiến)"));
}

static enum status read_receipt(struct http_exchange *x, const char *digits,
                                struct receipt_view *view)
{
    STORE_READ ro = NULL;
    struct visit *v = visit_of(x);
    struct arena *arena = http_arena(x);
    enum lang lang = visit_lang(v);
    unsigned char hash[RECEIPT_HASH_BYTES];
    struct opinion_rows rows;
    struct dialogue d;
    receipt_hash(&v->web->app->keys, v->unit, digits, hash);
    enum status status = store_read_begin(v->web->app->store, &ro);
    if (status == STATUS_OK)
        status = store_opinions_of_receipt(store_ro_sql(ro), v->unit, hash, arena, &rows);
    if (status == STATUS_OK && rows.count == 0) status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = store_dialogue_load(store_ro_sql(ro), v->unit, rows.rows[0].dialogue, arena, &d);
    if (status != STATUS_OK) return status;
    const struct opinion *o = &rows.rows[0];
    char *number = arena_alloc(arena, OPINION_NUMBER_TEXT),
         *groups = arena_alloc(arena, RECEIPT_TEXT);
    size_t cut = text_prefix(o->content, 160);
    *view = (struct receipt_view){
        .receipt = receipt_format(digits, groups),
        .number = opinion_number_format(o->id, number),
        .tag = opinion_tag(lang, o->state),
        .follow_url = follow_url(x),
        .qr = qr_of(arena, arena_printf(arena, "%s#%s", follow_url(x), digits)),
        .dialogue_title = d.title,
        .dialogue_path = arena_printf(arena, "/doi-thoai/%lld", (long long)d.id),
        .hall_path = http_cookie(x, "ve") != NULL
                         ? arena_printf(arena, "/hoi-truong/%lld", (long long)d.id)
                         : NULL,
        .due = due_promise(arena, lang, o, &d, &v->facts->calendar),
        .created_ms = o->created_ms,
        .excerpt =
            o->content[cut] == 0 ? o->content : arena_printf(arena, "%.*s…", (int)cut, o->content),
        .contact = unit_setting(v->facts, "contact"),
    };
    return STATUS_OK;
}

enum http_next get_public_receipt(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const char *kept = http_cookie(x, receipt_cookie);
    char digits[RECEIPT_SIZE];
    struct receipt_view view;
    if (kept == NULL || receipt_parse(kept, digits) != RECEIPT_OK)
        return http_redirect(x, 303, "/tra-cuu");
    enum status status = read_receipt(x, digits, &view);
    if (status == STATUS_NOT_FOUND) return http_redirect(x, 303, "/tra-cuu");
    if (status != STATUS_OK) return page_failed(x, status);
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, tr(visit_lang(visit_of(x)), N_("Giấy biên nhận")));
    http_set_header(x, "Cache-Control", "no-store");
    tpl_public_receipt(&t, &page, &view);
    return HTTP_DONE;
}
