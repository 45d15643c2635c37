// SPDX-License-Identifier: AGPL-3.0-or-later
// One function per invariant, numbered as in domain.md; a table walks them.
#include "actions/verify_invariants.h"

#include "base/day.h"
#include "domain/sealed_words.h"
#include "documents/document.h"
#include "store/issued.h"
#include "store/sealing.h"

static bool has_item(const struct invariant_view *v, enum item_kind kind, bool delivered, int code)
{
    for (int i = 0; i < v->count; i++) {
        const struct opinion_item *item = &v->items[i];
        bool fits =
            item->kind == kind && item->status != ITEM_VOID && (code < 0 || item->code == code);
        if (fits && (!delivered || item->delivered_ms != 0)) return true;
    }
    return false;
}

static bool has_diversion(const struct invariant_view *v)
{
    for (int i = 0; i < v->count; i++)
        if (v->items[i].kind == ITEM_REASON && v->items[i].code >= 0 && *v->items[i].text != 0)
            return true;
    return false;
}

static bool invariant_2(const struct invariant_view *v)
{
    const struct opinion *o = v->opinion;
    if (v->dialogue->state == DIALOGUE_COMPLETED && !opinion_is_final(o->state)) return false;
    // The reason with its procedure is what the author was told at once and reads on the receipt.
    if (o->state == OPINION_DIVERTED) return has_diversion(v);
    if (o->state == OPINION_WITHDRAWN) return has_item(v, ITEM_WITHDRAWAL, false, -1);
    return o->state != OPINION_CONCLUDED || has_item(v, ITEM_ANSWER, true, -1);
}

static bool invariant_3(const struct invariant_view *v)
{
    const struct opinion *o = v->opinion;
    return o->state != OPINION_CONCLUDED || o->scope == SCOPE_IN ||
           has_item(v, ITEM_ANSWER, false, MODE_WRITTEN);
}

static bool within_clock(const struct invariant_view *v)
{
    const struct opinion *o = v->opinion;
    if (o->due_legal == DAY_NONE || o->due_start == DAY_NONE) return false;
    enum deadline_rule rule = o->scope == SCOPE_OFF ? DEADLINE_OFF_TOPIC : DEADLINE_ANSWER;
    return o->due_legal <=
           deadline_compute(rule, v->dialogue->profile, o->due_start, v->calendar).legal_day;
}

static bool invariant_4(const struct invariant_view *v)
{
    const struct opinion *o = v->opinion;
    if (o->state != OPINION_OWED) return true;
    if (*o->responsible == 0 || o->due_legal == DAY_NONE) return false;
    return o->extended ? has_item(v, ITEM_NOTICE, true, -1) : within_clock(v);
}

static bool invariant_5(const struct invariant_view *v)
{
    const struct opinion *o = v->opinion;
    if (o->state != OPINION_REFERRED) return true;
    return o->extended ? has_item(v, ITEM_NOTICE, true, -1) : within_clock(v);
}

static bool invariant_6(const struct invariant_view *v)
{
    const struct opinion *o = v->opinion;
    bool before_chair = o->state == OPINION_RELAYED || o->state == OPINION_ON_FLOOR ||
                        o->state == OPINION_ANSWERED || o->state == OPINION_REFERRED ||
                        o->state == OPINION_CONCLUDED;
    return !before_chair || o->relayed;
}

/// What is with somebody is with one who may handle it.
static bool invariant_8(const struct invariant_view *v)
{
    const struct opinion *o = v->opinion;
    const struct person *owes = o->state != OPINION_OWED || o->responsible_is_body
                                    ? NULL
                                    : people_find(v->people, o->responsible);
    const struct person *speaks = people_find(v->people, o->floor);
    return (owes == NULL || (owes->roles & WHO(ROLE_OVERSIGHT)) == 0) &&
           (speaks == NULL || (speaks->roles & WHO(ROLE_OVERSIGHT)) == 0);
}

/// Whether the item is a decision on the opinion by one it named at the time.
static bool decided_by_named(const struct invariant_view *v, const struct opinion_item *item)
{
    static const enum item_kind decisions[] = {ITEM_ASSIGNMENT, ITEM_REFERRAL, ITEM_ANSWER,
                                               ITEM_SUPPLEMENT, ITEM_DRAFT,    ITEM_EXTENSION,
                                               ITEM_CONCLUSION};
    if (item->entry <= v->named_since) return false;
    bool decision = false;
    for (size_t i = 0; i < ARRAY_LEN(decisions); i++)
        decision = decision || item->kind == decisions[i];
    if (*item->body != 0)
        return false; // an agency's answer, written down by whoever got the letter
    bool answers = item->kind == ITEM_ANSWER || item->kind == ITEM_SUPPLEMENT;
    return decision && (opinion_names(v->opinion, item->actor) ||
                        (answers && opinion_names(v->opinion, item->person)));
}

static bool invariant_9(const struct invariant_view *v)
{
    const struct opinion *o = v->opinion;
    for (int i = 0; o->visibility != VISIBILITY_SEALED && i < v->count; i++)
        if (decided_by_named(v, &v->items[i]))
            return false; // a sealed item's entry is of its chain
    return (o->responsible_is_body || !opinion_names(o, o->responsible)) &&
           !opinion_names(o, o->floor);
}

static bool invariant_10(const struct invariant_view *v)
{
    const struct opinion *o = v->opinion;
    bool hidden = o->visibility == VISIBILITY_SEALED || !o->relayed ||
                  o->state == OPINION_DIVERTED || o->state == OPINION_WITHDRAWN;
    return hidden != v->indexed;
}

static const struct {
    bool (*holds)(const struct invariant_view *view);
    const char *what;
} INVARIANTS[] = {
    {invariant_2, "bất biến 2: kết thúc mà chưa có câu trả lời giao đến người có ý kiến, chưa báo "
                  "chuyển thủ tục hoặc không có yêu cầu rút"},
    {invariant_3, "bất biến 3: ngoài nội dung mà kết luận khi chưa có văn bản trả lời riêng"},
    {invariant_4,
     "bất biến 4: còn nợ mà không có người chịu trách nhiệm hoặc quá thời hạn cho phép"},
    {invariant_5, "bất biến 5: đã chuyển cấp trên nhưng chưa giao thông báo mà hạn vượt 30 ngày"},
    {invariant_6, "bất biến 6: đến chủ trì mà không qua thư ký"},
    {invariant_8, "bất biến 8: tài khoản giám sát được giao xử lý"},
    {invariant_9, "bất biến 9: người được nêu lại được giao hoặc đã xử lý"},
    {invariant_10, "bất biến 10: chỉ mục tìm kiếm không đúng với phần được công khai"},
};

const char *invariant_broken(const struct invariant_view *view)
{
    for (size_t i = 0; i < ARRAY_LEN(INVARIANTS); i++)
        if (!INVARIANTS[i].holds(view)) return INVARIANTS[i].what;
    return NULL;
}

/// No issued document that anybody gets holds them either.
static enum status issued_holds(struct sql *sql, int64_t unit, const struct opinion *o,
                                const struct sealed_words *words, bool *ret_holds)
{
    enum { MOST = 10000 };
    ARENA arena = {0};
    struct issued_list list;
    const struct issued_filter filter = {.dialogue = o->dialogue, .limit = MOST};
    enum status status = store_issued_list(sql, unit, &filter, &arena, &list);
    for (int i = 0; status == STATUS_OK && i < list.count; i++) {
        struct issued_file text;
        if (list.rows[i].withheld) continue;
        *ret_holds = *ret_holds || list.rows[i].opinion == o->id;
        status = store_issued_file(sql, unit, list.rows[i].id, DOC_TXT, &arena, &text);
        if (status == STATUS_OK)
            *ret_holds = *ret_holds || sealed_words_in(words, arena_strndup(&arena, text.bytes.p,
                                                                            text.bytes.len));
        if (status == STATUS_NOT_FOUND) status = STATUS_OK; // walk_issued has said so
    }
    return status;
}

enum status invariant_10_elsewhere(struct sql *sql, int64_t unit, const struct invariant_view *view,
                                   struct arena *arena, const char **ret_broken)
{
    struct minutes_list list;
    struct sealed_words words;
    sealed_words_of(arena, view->opinion, view->items, view->count, &words);
    enum status status = store_minutes_versions(sql, unit, view->opinion->dialogue, arena, &list);
    for (int i = 0; status == STATUS_OK && i < list.count; i++)
        if (sealed_words_in(&words, list.rows[i].text) ||
            sealed_words_in(&words, list.rows[i].generated))
            *ret_broken = "bất biến 10: biên bản đã lưu còn nội dung của ý kiến đã niêm phong";
    bool held = false;
    if (status == STATUS_OK) status = issued_holds(sql, unit, view->opinion, &words, &held);
    if (held) *ret_broken = "bất biến 10: văn bản đã ban hành còn nội dung đã niêm phong";
    return status;
}
