// SPDX-License-Identifier: AGPL-3.0-or-later
// What a careful archivist checks before giving a number, from the facts the document is made of.
// Warns only: the person decides.
#include "actions/document_facts.h"

#include <string.h>

#include "base/text.h"
#include "documents/words.h"
#include "store/dialogue.h"

enum { WARNINGS_MAX = 40, BASES_MAX = 16 };

struct warner {
    struct arena *arena;
    const struct doc_facts *facts;
    enum doc_type type;
    const char **list;
    int count;
};

static void warn(struct warner *w, const char *text)
{
    for (int i = 0; i < w->count; i++)
        if (strcmp(w->list[i], text) == 0) return;
    if (w->count < WARNINGS_MAX) w->list[w->count++] = text;
}

// ---- legal bases (R8, X15)

/// "Luật Đất đai năm 2013" in a reference that somebody typed: the name and the year, in any form.
static bool cites(struct arena *arena, const char *reference, const char *base)
{
    const char *end = strstr(base, " ngày "), *year = base + strlen(base) - 4;
    if (end == NULL) return false;
    const char *name = text_fold(arena, arena_strndup(arena, base, (size_t)(end - base)));
    const char *folded = text_fold(arena, reference);
    return strstr(folded, name) != NULL && strstr(folded, year) != NULL;
}

static void check_references(struct warner *w, const struct document_base *base)
{
    const struct doc_opinion *o = w->facts->opinion;
    for (int i = 0; o != NULL && i < o->answers_count; i++)
        for (int k = 0; k < o->answers[i].legal_refs.count; k++)
            if (cites(w->arena, o->answers[i].legal_refs.items[k], base->text))
                warn(w, arena_printf(
                            w->arena, "Câu trả lời viện dẫn “%s”, không còn hiệu lực từ %s.",
                            o->answers[i].legal_refs.items[k], words_day(w->arena, base->until)));
}

static void check_bases(struct warner *w, int32_t plan_day)
{
    struct document_base ended[BASES_MAX];
    int32_t day = day_known(w->facts->issue.day) ? w->facts->issue.day : w->facts->today_day;
    int count = document_bases_until(day, ended, BASES_MAX);
    for (int i = 0; i < count; i++) {
        const char *since = words_day(w->arena, ended[i].until);
        bool of_plan = plan_day != DAY_NONE && plan_day >= ended[i].from &&
                       plan_day < ended[i].until && w->facts->dialogue.plan != NULL;
        if (w->type == DOC_PLAN)
            warn(w, arena_printf(w->arena,
                                 "“%s” không còn hiệu lực từ %s nên không được in làm căn cứ.",
                                 ended[i].text, since));
        else if (of_plan)
            warn(w, arena_printf(w->arena,
                                 "Kế hoạch số %s căn cứ “%s”, không còn hiệu lực từ %s; xem lại "
                                 "trước khi viện dẫn.",
                                 w->facts->dialogue.plan, ended[i].text, since));
        check_references(w, &ended[i]);
    }
    if (w->type == DOC_PLAN && w->facts->bases_count == 0)
        warn(w, "Không có căn cứ pháp luật nào còn hiệu lực trong bảng căn cứ.");
}

// ---- recipients (X11)

/// A body by the words it goes by, folded; recipients name it when they have one of `known`.
static const struct body {
    const char *name, *words, *known[3];
} BODIES[] = {
    {"Ban Thường vụ Đảng ủy", "ban thuong vu dang uy", {"ban thuong vu dang uy"}},
    {"Thường trực Đảng ủy", "thuong truc dang uy", {"thuong truc dang uy", "tt du"}},
    {"Hội đồng nhân dân phường",
     "hoi dong nhan dan",
     {"hoi dong nhan dan phuong", "hdnd phuong", "hoi dong nhan dan xa"}},
    {"Ủy ban Mặt trận Tổ quốc Việt Nam", "mat tran to quoc", {"mat tran"}},
    {"Các tổ chức chính trị - xã hội", "doan the", {"to chuc chinh tri xa hoi", "doan the"}},
    {"Các tổ chức chính trị - xã hội",
     "to chuc chinh tri xa hoi",
     {"to chuc chinh tri xa hoi", "doan the"}},
    {"Trạm Y tế", "tram y te", {"tram y te"}},
    {"Các trường học", "truong hoc", {"truong hoc"}},
    {"Văn phòng Ủy ban nhân dân", "van phong", {"van phong"}},
    {"Công chức chuyên môn", "cong chuc", {"cong chuc"}},
    {"Ban nhân dân các khóm", "ban nhan dan", {"ban nhan dan"}},
    {"Doanh nghiệp trên địa bàn", "doanh nghiep", {"doanh nghiep"}},
    {"Chi bộ, Ban công tác Mặt trận các khóm", "chi bo", {"chi bo"}},
};

static bool is_recipient(struct warner *w, const struct body *body)
{
    const struct doc_texts *to = &w->facts->issue.recipients;
    for (int i = 0; i < to->count; i++) {
        const char *folded = text_fold(w->arena, to->items[i]);
        for (size_t k = 0; k < ARRAY_LEN(body->known); k++)
            if (body->known[k] != NULL && strstr(folded, body->known[k]) != NULL) return true;
    }
    return false;
}

static void check_body(struct warner *w, const char *who, const char *why)
{
    if (who == NULL) return;
    const char *folded = text_fold(w->arena, who);
    for (size_t i = 0; i < ARRAY_LEN(BODIES); i++)
        if (strstr(folded, BODIES[i].words) != NULL && !is_recipient(w, &BODIES[i]))
            warn(w, arena_printf(w->arena, "%s %s nhưng không có trong Nơi nhận.", BODIES[i].name,
                                 why));
}

/// Whoever the paper itself gives something to do, or invites.
static void check_recipients(struct warner *w)
{
    const struct doc_dialogue *d = &w->facts->dialogue;
    const char *tasked = "được giao việc", *invited = "được mời dự";
    if (w->type == DOC_PLAN)
        for (int i = 0; i < d->duties_count; i++) {
            check_body(w, d->duties[i].who, tasked);
            check_body(w, d->duties[i].what, "được nêu trong phần tổ chức thực hiện");
        }
    if (w->type == DOC_PLAN || w->type == DOC_NOTICE || w->type == DOC_PROGRAMME)
        for (int i = 0; i < d->groups_count; i++)
            check_body(w, d->groups[i].name, invited);
    for (int i = 0; w->type == DOC_CONCLUSION && i < w->facts->opinions_count; i++) {
        const struct doc_opinion *o = &w->facts->opinions[i];
        for (int k = 0; k < o->assignments_count; k++) {
            check_body(w, o->assignments[k].to, tasked);
            check_body(w, o->assignments[k].with, "được giao phối hợp");
        }
    }
}

enum status document_warnings(struct app *app, struct sql *sql,
                              const struct document_request *request, struct arena *arena,
                              struct doc_texts *ret_warnings)
{
    const struct doc_facts *facts;
    struct dialogue d;
    enum status status = document_facts(app, sql, request, arena, &facts);
    if (status == STATUS_OK)
        status = store_dialogue_load(sql, request->unit, request->dialogue, arena, &d);
    if (status != STATUS_OK) return status;
    struct warner w = {.arena = arena,
                       .facts = facts,
                       .type = request->type,
                       .list = arena_array(arena, const char *, WARNINGS_MAX)};
    check_bases(&w, d.issued_day);
    check_recipients(&w);
    *ret_warnings = (struct doc_texts){w.list, w.count};
    return STATUS_OK;
}
