// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages to authors: which event makes one and what it says; and what follows once it was sent.
#include "actions/tell.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/dialogue.h"
#include "store/opinion.h"
#include "store/outbox.h"

enum { SMS_CHARS = 480 }; // of the text carried: seven or eight parts at the gateway

struct telling {
    struct act *act;
    const struct opinion_case *c;
    const struct opinion_item *item; // what it is about
    struct buf *out;
};

struct tell_row {
    const char *event; // opinion_case.event, or the action
    enum item_kind kind;
    const char *subject; // after "Ý kiến số 2024-0001: "
    void (*say)(const struct telling *t);
    bool reply; // something is expected of the author
};

static const char *day_text(const struct telling *t, int32_t day)
{
    char text[FORMAT_TEXT];
    return arena_strdup(&t->act->scratch, format_day(LANG_VI, day, text));
}

/// "Trần Văn B, công chức địa chính", a body, or "".
static const char *who_text(const struct telling *t, const char *username, const char *body)
{
    const struct person *p =
        username != NULL && *username != 0 ? people_find(t->c->people, username) : NULL;
    if (p == NULL) return body != NULL ? body : "";
    if (*p->title == 0) return p->name;
    return arena_printf(&t->act->scratch, "%s, %s", p->name, p->title);
}

static void say_answer(const struct telling *t)
{
    const char *who = who_text(t, t->item->person, t->item->body);
    bool more = t->item->kind == ITEM_SUPPLEMENT;
    buf_puts(t->out, more ? "Câu trả lời cho ý kiến của ông/bà đã được bổ sung.\n"
                          : "Ý kiến của ông/bà đã được trả lời.\n");
    if (*who != 0) buf_printf(t->out, "Người trả lời: %s.\n", who);
    buf_printf(t->out, "\nNội dung:\n\n%s\n", t->item->text);
    if (*t->item->refs != 0)
        buf_printf(t->out, "\nVăn bản, quy định liên quan:\n%s\n", t->item->refs);
    const struct opinion_case *c = t->c;
    if (more) return;
    int32_t until =
        deadline_compute(DEADLINE_AUTHOR_WINDOW, c->dialogue->profile, c->today, c->calendar)
            .legal_day;
    buf_printf(t->out,
               "\nNếu đồng ý, hoặc còn điều muốn trao đổi tiếp, kính mong ông/bà cho biết; chủ trì "
               "chờ ý kiến của ông/bà ít nhất đến hết ngày %s rồi mới kết luận.\n",
               day_text(t, until));
}

static void say_owed(const struct telling *t)
{
    const struct opinion *o = t->c->opinion;
    const char *who = o->responsible_is_body ? o->responsible : who_text(t, o->responsible, "");
    if (*who == 0)
        buf_puts(t->out, "Ý kiến của ông/bà sẽ được trả lời sau buổi đối thoại");
    else
        buf_printf(t->out, "Ý kiến của ông/bà đã được giao trả lời.\nNgười, cơ quan trả lời: %s",
                   who);
    if (o->due_legal != DAY_NONE)
        buf_printf(t->out, "%sThời hạn trả lời: chậm nhất ngày %s", *who == 0 ? ".\n" : "\n",
                   day_text(t, o->due_legal));
    buf_puts(t->out, ".\n");
}

static void say_off_topic(const struct telling *t)
{
    buf_printf(t->out, "%s\n\n", t->item->text);
    say_owed(t);
}

static void say_referred(const struct telling *t)
{
    bool beyond = t->item->code == REFER_BEYOND;
    buf_printf(t->out, "%s, nên đã được kiến nghị đến: %s.\n",
               beyond ? "Nội dung ý kiến của ông/bà vượt thẩm quyền giải quyết của địa phương"
                      : "Nội dung ý kiến của ông/bà phức tạp, liên quan đến nhiều ngành",
               t->item->body);
    if (t->item->day != DAY_NONE)
        buf_printf(t->out, "Thời gian dự kiến có trả lời: ngày %s.\n", day_text(t, t->item->day));
}

static void say_asked_back(const struct telling *t)
{
    buf_printf(t->out, "Để trả lời được chính xác, kính mong ông/bà cho biết thêm:\n\n%s\n",
               t->item->text);
}

static void say_notice(const struct telling *t) // R59: agency and time
{
    buf_printf(t->out, "Cơ quan có trách nhiệm giải quyết: %s.\n", t->item->body);
    if (t->item->day != DAY_NONE)
        buf_printf(t->out, "Thời gian dự kiến giải quyết xong: ngày %s.\n",
                   day_text(t, t->item->day));
    if (t->item->text != NULL && *t->item->text != 0) buf_printf(t->out, "\n%s\n", t->item->text);
}

static void say_diverted(const struct telling *t)
{
    buf_printf(t->out,
               "Nội dung ý kiến của ông/bà được pháp luật quy định giải quyết theo thủ tục riêng, "
               "nên đã được chuyển sang thủ tục: %s. Cơ quan có trách nhiệm và các bước tiếp theo "
               "sẽ được thông báo cho ông/bà.\n",
               value_label(&divert_tos, t->item->code));
}

static void say_concluded(const struct telling *t)
{
    buf_printf(t->out, "Ý kiến của ông/bà đã được kết luận (%s).\n",
               value_label(&outcomes, t->item->code));
    if (t->item->text != NULL && *t->item->text != 0)
        buf_printf(t->out, "\nKết luận:\n\n%s\n", t->item->text);
}

static const struct tell_row tell_rows[] = {
    {"answered", ITEM_ANSWER, "đã được trả lời", say_answer, true},
    {"supplemented", ITEM_SUPPLEMENT, "câu trả lời được bổ sung", say_answer, true},
    {"assigned", ITEM_ASSIGNMENT, "đã giao trả lời", say_owed, false},
    {"close", ITEM_DUE, "sẽ được trả lời sau buổi đối thoại", say_owed, false},
    {"off_topic", ITEM_PROMPT, "sẽ được trả lời riêng bằng văn bản", say_off_topic, false},
    {"referred", ITEM_REFERRAL, "đã kiến nghị cơ quan có thẩm quyền", say_referred, false},
    {"asked_back", ITEM_ASK_BACK, "chủ trì hỏi lại", say_asked_back, true},
    {"notified", ITEM_NOTICE, "thời gian và cơ quan giải quyết", say_notice, false},
    {"diverted", ITEM_REASON, "chuyển thủ tục giải quyết", say_diverted, false},
    {"concluded", ITEM_CONCLUSION, "đã có kết luận", say_concluded, false},
};

static const struct tell_row *row_of(const struct opinion_case *c, const char *action)
{
    bool left_owed = strcmp(action, "close") == 0 && c->opinion->state == OPINION_OWED;
    const char *event = left_owed ? "close" : c->tell_author ? c->event : NULL;
    for (size_t i = 0; event != NULL && i < ARRAY_LEN(tell_rows); i++)
        if (strcmp(tell_rows[i].event, event) == 0) return &tell_rows[i];
    return NULL;
}

static const struct opinion_item *added_item(const struct opinion_case *c, enum item_kind kind)
{
    for (int i = c->item_count - 1; i >= 0; i--)
        if (c->items[i].added && c->items[i].kind == kind) return &c->items[i];
    return NULL;
}

/// A notice goes the way the office chose, everything else the way the author asked for.
static bool transport_of(const struct opinion *o, const struct opinion_item *item,
                         enum outbox_transport *ret_transport)
{
    int how = (int)o->reply_by;
    if (item->kind == ITEM_NOTICE && (item->code == REPLY_EMAIL || item->code == REPLY_SMS))
        how = item->code;
    if (how == REPLY_EMAIL && *o->email != 0) return *ret_transport = OUTBOX_EMAIL, true;
    if (how == REPLY_SMS && *o->phone != 0) return *ret_transport = OUTBOX_SMS, true;
    return false;
}

// ---- the words around it

static const char *ward_setting(const struct telling *t, const char *name)
{
    return setting_of(&t->act->facts->settings, name, "");
}

/// The ward's page, without the slash at its end; "" when it has none.
static const char *web_address(const struct telling *t)
{
    const char *base = ward_setting(t, "web_address");
    size_t len = strlen(base);
    while (len > 0 && base[len - 1] == '/')
        len--;
    const char *scheme = len > 0 && strstr(base, "://") == NULL ? "https://" : "";
    return arena_printf(&t->act->scratch, "%s%.*s", scheme, (int)len, base);
}

static const char *letter(const struct telling *t, const struct tell_row *row, const char *number)
{
    const struct opinion *o = t->c->opinion;
    const char *name = o->author_type == AUTHOR_BUSINESS ? o->organisation : o->name;
    const char *web = web_address(t), *contact = ward_setting(t, "contact"),
               *phone = ward_setting(t, "phone");
    BUF text = {0};
    if (o->author_type == AUTHOR_BUSINESS && *name != 0)
        buf_printf(&text, "Kính gửi: %s\n\n", name);
    else
        buf_printf(&text, "Kính gửi ông/bà%s%s,\n\n", *name != 0 ? " " : "", name);
    buf_printf(&text,
               "Ủy ban nhân dân %s trân trọng thông báo về ý kiến số %s của ông/bà gửi đến buổi "
               "tiếp xúc, đối thoại.\n\n",
               ward_setting(t, "unit_name"), number);
    buf_puts(&text, buf_text(t->out));
    buf_printf(&text, "\n%s trên trang của %s bằng mã ghi trên giấy biên nhận%s%s%s",
               row->reply ? "Ông/bà có thể xem lại, đồng ý hoặc trao đổi tiếp"
                          : "Ông/bà có thể theo dõi việc giải quyết",
               *web != 0 ? "địa phương" : "địa phương hoặc tại trụ sở", *web != 0 ? ": " : "", web,
               *web != 0 ? "/tra-cuu\n" : ".\n");
    if (*contact != 0)
        buf_printf(&text, "Đầu mối liên hệ: %s%s%s.\n", contact, *phone != 0 ? ", điện thoại " : "",
                   phone);
    buf_printf(&text,
               "\nTrân trọng,\nỦy ban nhân dân %s\n\n-- \nThư này được gửi tự động. Mã trên giấy "
               "biên nhận là của riêng ông/bà; xin không chuyển cho người khác.\n",
               ward_setting(t, "unit_name"));
    return arena_strdup(&t->act->scratch, buf_text(&text));
}

/// One paragraph, cut after SMS_CHARS.
static const char *short_text(const struct telling *t, const char *number)
{
    const char *web = web_address(t);
    char *said = arena_strdup(&t->act->scratch, buf_text(t->out));
    size_t len = text_prefix(said, SMS_CHARS);
    bool cut = said[len] != 0;
    said[len] = 0;
    for (char *p = said; *p != 0; p++)
        if (*p == '\n') *p = ' ';
    while (len > 0 && said[len - 1] == ' ')
        said[--len] = 0;
    return arena_printf(&t->act->scratch, "UBND %s: ý kiến số %s. %s%s%s%s%s",
                        ward_setting(t, "unit_name"), number, said, cut ? "…" : "",
                        *web != 0 ? " Tra cứu: " : "", web, *web != 0 ? "/tra-cuu" : "");
}

static enum status write_message(struct act *act, struct store_tx *tx, const struct opinion_case *c,
                                 const struct tell_row *row, const struct opinion_item *item)
{
    const struct opinion *o = c->opinion;
    enum outbox_transport transport = OUTBOX_EMAIL;
    if (item == NULL || !transport_of(o, item, &transport)) return STATUS_OK;
    BUF out = {0};
    struct telling t = {act, c, item, &out};
    char number[OPINION_NUMBER_TEXT];
    opinion_number_format(o->id, number);
    row->say(&t);
    struct outbox_message message = {
        .opinion = o->id,
        .item = item->item,
        .transport = transport,
        .recipient = transport == OUTBOX_EMAIL ? o->email : o->phone,
        .subject = arena_printf(&act->scratch, "Ý kiến số %s: %s", number, row->subject),
        .body = transport == OUTBOX_EMAIL ? letter(&t, row, number) : short_text(&t, number)};
    act->posted = true;
    return store_outbox_add(tx, act->unit, &message, act->now_ms);
}

/// An answer that stands and has not reached its author goes the way now asked for, once.
static enum status send_standing(struct act *act, struct store_tx *tx, const struct opinion_case *c)
{
    const struct opinion_item *answer = opinion_last_item(c, ITEM_ANSWER, -1);
    if (answer == NULL || c->opinion->delivered_ms != 0) return STATUS_OK;
    enum status status = store_outbox_void(tx, act->unit, c->opinion->id, answer->item);
    return status != STATUS_OK ? status : write_message(act, tx, c, &tell_rows[0], answer);
}

static enum status follow_contact(struct act *act, struct store_tx *tx,
                                  const struct opinion_case *c, const struct opinion *before)
{
    const struct opinion *o = c->opinion;
    enum status status = STATUS_OK;
    if (o->reply_by != before->reply_by && o->state == OPINION_ANSWERED)
        status = send_standing(act, tx, c);
    if (status != STATUS_OK) return status;
    if (strcmp(o->email, before->email) != 0)
        status = store_outbox_redirect(tx, act->unit, o->id, OUTBOX_EMAIL, o->email, act->now_ms);
    if (status == STATUS_OK && strcmp(o->phone, before->phone) != 0)
        status = store_outbox_redirect(tx, act->unit, o->id, OUTBOX_SMS, o->phone, act->now_ms);
    act->posted = true;
    return status;
}

/// By hand, or on the page that was asked for instead: what waited to be sent is not sent.
static bool delivered_otherwise(const struct opinion *o, const char *action,
                                const struct opinion *before)
{
    bool otherwise = strcmp(action, "deliver") == 0 || strcmp(action, "change_contact") == 0;
    return otherwise && before->delivered_ms == 0 && o->delivered_ms != 0;
}

enum status act_tell(struct act *act, struct store_tx *tx, const struct opinion_case *c,
                     const char *action, const struct opinion *before)
{
    const struct opinion *o = c->opinion;
    if (o->visibility == VISIBILITY_SEALED)
        return before->visibility == VISIBILITY_SEALED ? STATUS_OK
                                                       : store_outbox_wipe(tx, act->unit, o->id);
    if (before->visibility == VISIBILITY_SEALED) return STATUS_OK;
    const struct opinion_item *answer = opinion_last_item(c, ITEM_ANSWER, -1);
    enum status status = STATUS_OK;
    if (answer != NULL && delivered_otherwise(o, action, before))
        status = store_outbox_void(tx, act->unit, o->id, answer->item);
    if (strcmp(action, "deliver") == 0 || status != STATUS_OK) return status;
    if (strcmp(action, "change_contact") == 0) return follow_contact(act, tx, c, before);
    const struct tell_row *row = row_of(c, action);
    return row == NULL ? STATUS_OK : write_message(act, tx, c, row, added_item(c, row->kind));
}

// ---- once it was sent

/// Only the answer that stands is delivered; one overtaken meanwhile was told and no more.
static bool deliver_answer(struct opinion_case *c, const struct outbox_message *m)
{
    const struct opinion_item *answer = opinion_last_item(c, ITEM_ANSWER, -1);
    if (answer == NULL || answer->item != m->item || c->opinion->delivered_ms != 0) return false;
    return opinion_act(c, ACT_DELIVER).code == REFUSAL_NONE;
}

static enum status deliver(struct act *act, struct store_tx *tx, const struct outbox_message *m)
{
    struct sql *sql = store_tx_sql(tx);
    struct opinion o;
    struct dialogue d;
    struct opinion_case c;
    enum status status = store_opinion_load(sql, act->unit, m->opinion, &act->scratch, &o);
    if (status == STATUS_OK)
        status = store_dialogue_load(sql, act->unit, o.dialogue, &act->scratch, &d);
    struct opinion before = o;
    if (status == STATUS_OK) status = act_case(act, sql, &d, &o, &c);
    if (status != STATUS_OK) return status;
    bool changed = deliver_answer(&c, m) || opinion_notice_sent(&c, m->item);
    if (!changed) return STATUS_OK;
    status = act_write_case(act, tx, &c, opinion_rules[ACT_DELIVER].code, &before);
    act->answer.entry = c.entry;
    return status;
}

enum status run_outbox_sent(struct act *act, struct store_tx *tx)
{
    bool replayed;
    struct outbox_message m;
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK) return status;
    act->actor = (struct actor){.kind = ACTOR_SYSTEM};
    status = store_outbox_load(store_tx_sql(tx), act->unit, act->target, &act->scratch, &m);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && m.state != OUTBOX_WAITING))
        return STATUS_OK;
    if (status == STATUS_OK)
        status = store_outbox_settle(tx, act->unit, m.id, OUTBOX_SENT, act->now_ms);
    act->params.at[PARAM_HOW] = (struct param_value){
        .given = true, .number = m.transport == OUTBOX_SMS ? REPLY_SMS : REPLY_EMAIL};
    if (status == STATUS_OK) status = deliver(act, tx, &m);
    return status == STATUS_OK ? act_end(act, tx) : status;
}
