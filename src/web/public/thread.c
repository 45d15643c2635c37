// SPDX-License-Identifier: AGPL-3.0-or-later
// Items to what may be read of them. Names: whoever answers by title, neighbours by initials.
#include "web/public/thread.h"

#include <string.h>

#include "base/text.h"

enum reader { NOBODY, AUTHOR_ONLY, EVERYBODY };
enum who_said { SAID_NOBODY, SAID_OFFICE, SAID_NEIGHBOUR, SAID_AUTHOR, SAID_AGENCY };

/// What is read of each kind. Drafts, directives, reasons and remarks are for who works on it.
static const struct {
    enum reader reader;
    enum who_said who;
    const char *title;
    const char *day_label;
} shown[ITEM_KIND_COUNT] = {
    [ITEM_ASSIGNMENT] = {EVERYBODY, SAID_OFFICE, N_("Phân công trả lời"), N_("Hạn")},
    [ITEM_REFERRAL] = {EVERYBODY, SAID_AGENCY, N_("Kiến nghị cơ quan có thẩm quyền"),
                       N_("Thời gian dự kiến")},
    [ITEM_ASK_BACK] = {EVERYBODY, SAID_OFFICE, N_("Hỏi lại"), NULL},
    [ITEM_REPLY] = {EVERYBODY, SAID_AUTHOR, N_("Người có ý kiến phản hồi"), NULL},
    [ITEM_EXCHANGE] = {EVERYBODY, SAID_NEIGHBOUR, N_("Trao đổi"), NULL},
    [ITEM_ANSWER] = {EVERYBODY, SAID_OFFICE, N_("Trả lời"), NULL},
    [ITEM_SUPPLEMENT] = {EVERYBODY, SAID_OFFICE, N_("Trả lời bổ sung"), NULL},
    [ITEM_NOTICE] = {EVERYBODY, SAID_AGENCY, N_("Thông báo thời gian và cơ quan giải quyết"),
                     N_("Thời gian dự kiến")},
    [ITEM_DELIVERY] = {AUTHOR_ONLY, SAID_NOBODY, N_("Đã giao câu trả lời"), NULL},
    [ITEM_EXTENSION] = {EVERYBODY, SAID_AGENCY, N_("Gia hạn trả lời"), N_("Hạn mới")},
    [ITEM_AGENCY_REPLY] = {EVERYBODY, SAID_AGENCY, N_("Cơ quan được kiến nghị trả lời"),
                           N_("Ngày văn bản")},
    [ITEM_PROMPT] = {EVERYBODY, SAID_NOBODY, N_("Đề nghị đi vào trọng tâm, chủ đề"), NULL},
    [ITEM_VERDICT] = {EVERYBODY, SAID_AUTHOR, N_("Người có ý kiến trao đổi tiếp"), NULL},
    [ITEM_CONCLUSION] = {EVERYBODY, SAID_OFFICE, N_("Kết luận"), NULL},
    [ITEM_WITHDRAWAL] = {AUTHOR_ONLY, SAID_AUTHOR, N_("Rút ý kiến"), NULL},
};

static const char *title_of_item(enum lang lang, const struct opinion_item *i)
{
    if (i->kind == ITEM_ANSWER && i->code == MODE_SPOKEN) return tr(lang, "Trả lời tại hội nghị");
    if (i->kind == ITEM_ANSWER && i->code == MODE_WRITTEN) return tr(lang, "Trả lời bằng văn bản");
    if (i->kind == ITEM_VERDICT && i->code == VERDICT_AGREED)
        return tr(lang, "Người có ý kiến đồng ý với câu trả lời");
    if (i->kind == ITEM_AGENCY_REPLY && i->code == AGENCY_REFUSED)
        return tr(lang, "Cơ quan được kiến nghị không thụ lý");
    if (i->kind == ITEM_WITHDRAWAL && i->status == ITEM_WAITING)
        return tr(lang, "Đề nghị rút ý kiến, chờ chủ trì xem xét");
    return tr(lang, shown[i->kind].title);
}

static const char *who_of_item(const struct opinion_case *c, const struct opinion_item *i)
{
    const char *name = "";
    switch (shown[i->kind].who) {
    case SAID_OFFICE:
        name = *i->body != 0     ? i->body
               : *i->person != 0 ? person_shown(c->people, i->person)
               : *i->actor != 0  ? person_shown(c->people, i->actor)
                                 : "";
        break;
    case SAID_NEIGHBOUR:
        name = text_initials(c->arena, i->person);
        break;
    case SAID_AGENCY:
        name = i->body;
        break;
    case SAID_NOBODY:
    case SAID_AUTHOR:
        break;
    }
    return *name != 0 ? name : NULL;
}

/// An assignment's text is a directive: for staff.
static const char *text_of_item(const struct opinion_item *i)
{
    bool hidden = i->kind == ITEM_ASSIGNMENT || i->kind == ITEM_DELIVERY;
    return hidden || i->text == NULL || *i->text == 0 ? NULL : i->text;
}

static bool is_shown(const struct opinion_item *i, bool author)
{
    enum reader reader = shown[i->kind].reader;
    if (i->kind == ITEM_NOTICE && i->status == ITEM_WAITING) return false;
    return reader == EVERYBODY || (reader == AUTHOR_ONLY && author);
}

/// Kept as "kind|attachment|text" (opinion_add_item).
static const char *proof_of(struct arena *arena, enum lang lang, const char *proof)
{
    size_t len = strcspn(proof, "|");
    int kind = value_parse(&proof_kinds, arena_strndup(arena, proof, len));
    const char *text = proof[len] == '|' ? strchr(proof + len + 1, '|') : NULL;
    if (kind < 0) return NULL;
    const char *label = label_of(lang, &proof_kinds, kind);
    return text != NULL && text[1] != 0 ? arena_printf(arena, "%s (%s)", label, text + 1) : label;
}

static void fill_items(struct opinion_case *c, enum lang lang, struct opinion_page_view *view)
{
    struct thread_item *items =
        arena_array(c->arena, struct thread_item, (size_t)c->item_count + 1);
    for (int k = 0; k < c->item_count; k++) {
        const struct opinion_item *i = &c->items[k];
        if (!is_shown(i, view->author)) continue;
        const char *day_label = shown[i->kind].day_label;
        items[view->count++] = (struct thread_item){
            .at_ms = i->at_ms,
            .entry = i->entry,
            .title = title_of_item(lang, i),
            .who = who_of_item(c, i),
            .text = text_of_item(i),
            .refs = i->kind == ITEM_ANSWER || i->kind == ITEM_SUPPLEMENT ? i->refs : "",
            .day = day_label != NULL ? i->day : DAY_NONE,
            .day_label = day_label != NULL ? tr(lang, day_label) : NULL,
            .by_author = shown[i->kind].who == SAID_AUTHOR,
            .proxy = i->behalf == BEHALF_AUTHOR,
            .revoked = i->status == ITEM_VOID,
            .proof = view->author && i->behalf == BEHALF_AUTHOR ? proof_of(c->arena, lang, i->proof)
                                                                : NULL,
        };
    }
    view->items = items;
}

static void fill_due(struct opinion_case *c, enum lang lang, struct opinion_page_view *view)
{
    struct deadline_steps steps;
    if (!opinion_due_steps(c, &steps)) return;
    struct due_row *rows = arena_array(c->arena, struct due_row, steps.count + 1);
    for (size_t k = 0; k < steps.count; k++)
        rows[k] = (struct due_row){steps.items[k].first_day, steps.items[k].last_day,
                                   steps.items[k].from, steps.items[k].to, steps.items[k].note};
    view->due = rows;
    view->due_count = steps.count;
    view->due_summary = steps.summary;
    view->due_rule = tr(lang, deadline_term(c->dialogue->profile, c->opinion->due_rule)->name);
    view->days_elapsed = deadline_days_elapsed(c->opinion->due_start, c->now_ms);
}

/// What happens now, said once, in plain words.
static const char *next_step(const struct opinion_case *c, enum lang lang)
{
    const struct opinion *o = c->opinion;
    switch (o->state) {
    case OPINION_RECEIVED:
        return tr(lang, "Thư ký đang xem và sẽ chuyển ý kiến đến chủ trì hội nghị.");
    case OPINION_RELAYED:
        return tr(lang, "Ý kiến đã có trong danh sách của chủ trì, chờ đối thoại tại hội nghị.");
    case OPINION_ON_FLOOR:
        return tr(lang, "Ý kiến đang được trao đổi tại hội nghị.");
    case OPINION_ANSWERED:
        if (o->verdict == VERDICT_AGREED)
            return tr(lang, "Người có ý kiến đã đồng ý; chủ trì sẽ kết luận.");
        if (o->verdict == VERDICT_NOT_AGREED)
            return tr(lang, "Đã qua ba lượt trao đổi; chủ trì sẽ kết luận.");
        return tr(lang, "Đã có câu trả lời; người có ý kiến có thể đồng ý hoặc trao đổi tiếp.");
    case OPINION_OWED:
        return tr(lang, "Cơ quan, cán bộ được giao đang chuẩn bị câu trả lời.");
    case OPINION_REFERRED:
        return tr(lang,
                  "Ý kiến đã được gửi đến cơ quan có thẩm quyền; phường theo dõi và báo lại.");
    case OPINION_CONCLUDED:
        return tr(lang, "Việc đối thoại về ý kiến này đã kết thúc.");
    case OPINION_DIVERTED:
        return tr(lang, "Ý kiến được giải quyết theo thủ tục riêng do pháp luật quy định.");
    case OPINION_WITHDRAWN:
        return tr(lang, "Người có ý kiến đã rút ý kiến.");
    case OPINION_STATE_COUNT:
        break;
    }
    return NULL;
}

void thread_fill(struct opinion_case *c, const struct unit_facts *facts, enum lang lang,
                 struct opinion_page_view *view)
{
    const struct opinion *o = c->opinion;
    view->o = opinion_view_of(c, facts, lang);
    view->author = c->actor->kind == ACTOR_AUTHOR &&
                   memcmp(c->actor->receipt_hash, o->receipt_hash, RECEIPT_HASH_BYTES) == 0;
    view->days_elapsed = -1;
    view->next = next_step(c, lang);
    view->window_end =
        o->state == OPINION_ANSWERED && o->verdict == VERDICT_NONE ? o->window_end : DAY_NONE;
    view->rounds_used = o->round >= OPINION_ROUNDS && o->verdict == VERDICT_NOT_AGREED;
    view->diverted = o->state == OPINION_DIVERTED;
    view->dialogue_path = arena_printf(c->arena, "/doi-thoai/%lld", (long long)o->dialogue);
    view->dialogue_title = c->dialogue->title;
    fill_items(c, lang, view);
    bool owes = o->state == OPINION_OWED || o->state == OPINION_REFERRED;
    if (owes) fill_due(c, lang, view);
}

// ---- the register's side of it

/// What the public reads of an entry; others stay inside the office.
static const struct {
    const char *action, *text;
} history_texts[] = {
    {"submit", N_("Tiếp nhận ý kiến")},
    {"amend", N_("Người có ý kiến sửa lời ý kiến")},
    {"correct", N_("Sửa lỗi ghi chép; bản cũ được lưu")},
    {"split", N_("Tách thành nhiều ý kiến")},
    {"relay", N_("Chuyển ý kiến đến chủ trì")},
    {"recall", N_("Lấy lại để xem xét")},
    {"set_off_topic", N_("Xếp ngoài nội dung, trả lời riêng bằng văn bản")},
    {"divert", N_("Chuyển sang thủ tục khác")},
    {"restore", N_("Đưa trở lại đối thoại")},
    {"group", N_("Gộp với ý kiến cùng nội dung")},
    {"ungroup", N_("Tách khỏi nhóm")},
    {"call", N_("Mời phát biểu, đối thoại")},
    {"return", N_("Đưa về danh sách chờ")},
    {"give_floor", N_("Mời cán bộ trả lời")},
    {"ask_back", N_("Hỏi lại")},
    {"reply", N_("Người có ý kiến phản hồi")},
    {"exchange", N_("Ghi lời trao đổi")},
    {"answer", N_("Trả lời")},
    {"supplement", N_("Trả lời bổ sung")},
    {"approve", N_("Duyệt")},
    {"deliver", N_("Giao câu trả lời")},
    {"assign", N_("Phân công trả lời")},
    {"extend", N_("Gia hạn trả lời")},
    {"refer", N_("Kiến nghị cơ quan có thẩm quyền")},
    {"notify", N_("Thông báo thời gian và cơ quan giải quyết")},
    {"agency_reply", N_("Ghi phản hồi của cơ quan")},
    {"agree", N_("Người có ý kiến đồng ý")},
    {"continue", N_("Người có ý kiến trao đổi tiếp")},
    {"conclude", N_("Kết luận")},
    {"lapse", N_("Hết thời gian chờ phản hồi, kết luận")},
    {"reopen", N_("Người có ý kiến đề nghị xem lại")},
    {"withdraw", N_("Rút ý kiến")},
    {"revoke", N_("Người có ý kiến hủy việc ghi thay")},
    {"redact", N_("Che thông tin cá nhân trong nội dung")},
    {"close", N_("Hội nghị bế mạc, bắt đầu tính hạn trả lời")},
    {"owe", N_("Chuyển thành việc còn nợ trả lời")},
};

void thread_history(struct arena *arena, enum lang lang, const struct entry_list *entries,
                    struct opinion_page_view *view)
{
    struct history_row *rows = arena_array(arena, struct history_row, (size_t)entries->count + 1);
    for (int k = 0; k < entries->count; k++) {
        const struct entry *e = &entries->rows[k];
        for (size_t i = 0; i < ARRAY_LEN(history_texts); i++) {
            if (strcmp(history_texts[i].action, e->action) != 0) continue;
            const char *who = title_of(arena, lang, &roles, (int)e->role);
            if (e->behalf != BEHALF_SELF)
                who =
                    arena_printf(arena, "%s (%s)", who, label_of(lang, &behalves, (int)e->behalf));
            rows[view->history_count++] =
                (struct history_row){e->entry, e->at_ms, tr(lang, history_texts[i].text), who};
        }
    }
    view->history = rows;
}
