// SPDX-License-Identifier: AGPL-3.0-or-later
// What the front page and a dialogue's page say. Reads as the public does, also for staff.
#include "web/public/home.h"

#include <string.h>

#include "documents/document.h"
#include "store/opinion_list.h"
#include "web/public/home.html.h"
#include "web/read.h"

// ---- figures

static bool is_counted(const struct opinion_count *n)
{
    const unsigned hidden =
        1u << OPINION_RECEIVED | 1u << OPINION_DIVERTED | 1u << OPINION_WITHDRAWN;
    bool open_to_all = n->visibility == VISIBILITY_INITIALS || n->visibility == VISIBILITY_PUBLIC;
    return n->relayed && open_to_all && (hidden & 1u << (unsigned)n->state) == 0;
}

enum status figures_add(struct sql *sql, int64_t unit, int64_t dialogue, int32_t today,
                        struct arena *arena, struct figures *figures)
{
    struct opinion_counts counts;
    enum status status = store_opinion_counts(sql, unit, dialogue, today, arena, &counts);
    if (status != STATUS_OK) return status;
    for (int i = 0; i < counts.count; i++) {
        const struct opinion_count *n = &counts.rows[i];
        if (!is_counted(n)) continue;
        figures->all += n->count;
        if (n->state == OPINION_ANSWERED || n->state == OPINION_CONCLUDED)
            figures->answered += n->count;
        if (n->state == OPINION_OWED) figures->owed += n->count;
        if (n->state == OPINION_REFERRED) figures->referred += n->count;
        if (n->overdue) figures->overdue += n->count;
    }
    return STATUS_OK;
}

// ---- a dialogue in short

const char *intake_sentence(struct arena *arena, enum lang lang, const struct dialogue *d,
                            int64_t now_ms)
{
    char when[FORMAT_TEXT];
    switch (dialogue_intake(d, now_ms)) {
    case INTAKE_NOT_YET:
        if (d->opinions_from_ms == 0) return tr(lang, "Chưa đến thời gian nhận ý kiến.");
        return arena_printf(arena, "%s %s.", tr(lang, "Nhận ý kiến từ"),
                            format_instant(lang, d->opinions_from_ms, when));
    case INTAKE_BEFORE:
        if (d->opinions_until_ms == 0 || now_ms > d->opinions_until_ms)
            return tr(lang, "Đang nhận ý kiến.");
        return arena_printf(arena, "%s %s %s", tr(lang, "Đang nhận ý kiến. Nên gửi trước"),
                            format_instant(lang, d->opinions_until_ms, when),
                            tr(lang, "để kịp chuẩn bị trả lời; gửi sau vẫn được nhận."));
    case INTAKE_IN_HALL:
        return tr(lang,
                  "Hội nghị đang diễn ra, ý kiến gửi lúc này được thư ký chuyển đến chủ trì.");
    case INTAKE_AFTER:
        return tr(lang, "Hội nghị đã bế mạc; ý kiến gửi thêm trước khi ký biên bản vẫn được nhận "
                        "và trả lời.");
    case INTAKE_ENDED:
        return tr(lang, "Đã kết thúc nhận ý kiến.");
    }
    return "";
}

struct dialogue_card dialogue_card_of(struct arena *arena, enum lang lang, const struct dialogue *d,
                                      int64_t now_ms)
{
    const char *path = arena_printf(arena, "/doi-thoai/%lld", (long long)d->id);
    enum intake intake = dialogue_intake(d, now_ms);
    return (struct dialogue_card){
        .d = d,
        .tag = dialogue_tag(lang, d->state),
        .path = path,
        .send_path = arena_printf(arena, "%s/gui-y-kien", path),
        .list_path = arena_printf(arena, "%s/y-kien", path),
        .intake = intake,
        .may_send = intake != INTAKE_NOT_YET && intake != INTAKE_ENDED,
    };
}

int64_t dialogue_turns_ms(const struct dialogue *d, int64_t now_ms)
{
    const int64_t turns[] = {d->opinions_from_ms, d->opinions_until_ms + 1, d->starts_at_ms};
    int64_t next = instant_at(instant_day(now_ms) + 1, 0, 0);
    for (size_t i = 0; i < ARRAY_LEN(turns); i++)
        if (turns[i] > now_ms && turns[i] < next) next = turns[i];
    return next;
}

// ---- the front page

static bool is_past(const struct dialogue *d)
{
    return d->state == DIALOGUE_COMPLETED || d->state == DIALOGUE_CANCELLED ||
           (d->state == DIALOGUE_CLOSED && d->results_ms != 0);
}

enum { SHOWN_DIALOGUES = 30 };

static enum status read_dialogues(const struct publication *p, struct dialogue_list *ret_list)
{
    int64_t last = 0;
    enum status status = store_dialogue_last(p->sql, p->unit, &last);
    if (status != STATUS_OK) return status;
    int64_t after = last > SHOWN_DIALOGUES ? last - SHOWN_DIALOGUES : 0;
    return store_dialogue_list(p->sql, p->unit, after, SHOWN_DIALOGUES, p->arena, ret_list);
}

enum status home_write(const struct publication *p, struct tpl *t, struct page *page)
{
    static const struct actor anyone = {.kind = ACTOR_PUBLIC};
    struct dialogue_list list;
    enum status status = read_dialogues(p, &list);
    if (status != STATUS_OK) return status;
    struct dialogue_card *now = arena_array(p->arena, struct dialogue_card, SHOWN_DIALOGUES),
                         *past = arena_array(p->arena, struct dialogue_card, SHOWN_DIALOGUES);
    struct home_view view = {.now = now, .past = past, .ward = page->ward};
    for (int i = list.count - 1; i >= 0; i--) {
        const struct dialogue *d = &list.rows[i];
        if (!dialogue_visible(d, &anyone)) continue;
        struct dialogue_card card = dialogue_card_of(p->arena, p->lang, d, p->now_ms);
        if (is_past(d))
            past[view.past_count++] = card;
        else
            now[view.now_count++] = card;
        status =
            figures_add(p->sql, p->unit, d->id, instant_day(p->now_ms), p->arena, &view.figures);
        if (status != STATUS_OK) return status;
    }
    page->title = tr(p->lang, "Tiếp xúc, đối thoại với Nhân dân");
    page->here = "/";
    tpl_public_home(t, page, &view);
    return STATUS_OK;
}

// ---- one dialogue

static void add_documents(const struct publication *p, struct dialogue_view *view)
{
    static const enum doc_type types[] = {DOC_PLAN, DOC_NOTICE, DOC_PROGRAMME, DOC_RULES,
                                          DOC_SLIP, DOC_REPORT, DOC_MINUTES,   DOC_CONCLUSION};
    struct published_document *rows =
        arena_array(p->arena, struct published_document, ARRAY_LEN(types));
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        if (!document_is_public(view->card.d, (int)types[i])) continue;
        rows[view->document_count++] = (struct published_document){
            tr(p->lang, doc_types[types[i]].name),
            arena_printf(p->arena, "/api/v1/dialogues/%lld/documents/%s",
                         (long long)view->card.d->id, doc_types[types[i]].code)};
    }
    view->documents = rows;
}

static const char *seat(const struct publication *p, const struct dialogue *d,
                        enum appointment appointment, enum role role)
{
    const char *username = d->appointed[appointment];
    const struct person *person = *username != 0 ? people_find(&p->facts->people, username)
                                                 : people_with_role(&p->facts->people, role);
    if (person == NULL) return NULL;
    return *person->title != 0 ? arena_printf(p->arena, "%s – %s", person->name, person->title)
                               : person->name;
}

/// The newest the public may see, newest first. Numbers grow in the whole unit, so that a window of
/// the last ones is enough; an older dialogue shows none and has its list.
static enum status add_latest(const struct publication *p, struct dialogue *d,
                              struct dialogue_view *view)
{
    enum { SHOWN = 5, WINDOW = 60 };
    static const struct actor anyone = {.kind = ACTOR_PUBLIC};
    static const struct params none;
    struct unit_head head;
    enum status status = store_head_read(p->sql, p->unit, &head);
    if (status != STATUS_OK) return status;
    struct opinion_filter filter = {.dialogue = d->id,
                                    .state = -1,
                                    .field = -1,
                                    .khom = -1,
                                    .relayed_only = true,
                                    .after = head.opinion > WINDOW ? head.opinion - WINDOW : 0,
                                    .chunk = WINDOW};
    struct opinion_rows rows;
    status = store_opinion_list(p->sql, p->unit, &filter, p->arena, &rows);
    if (status != STATUS_OK) return status;
    view->latest = arena_array(p->arena, struct opinion_view, SHOWN);
    for (int i = rows.count - 1; i >= 0 && view->latest_count < SHOWN; i--) {
        struct opinion_case c = {.arena = p->arena,
                                 .now_ms = p->now_ms,
                                 .today = instant_day(p->now_ms),
                                 .calendar = &p->facts->calendar,
                                 .people = &p->facts->people,
                                 .dialogue = d,
                                 .actor = &anyone,
                                 .params = &none,
                                 .opinion = &rows.rows[i]};
        if (opinion_visible(&c))
            view->latest[view->latest_count++] = opinion_view_of(&c, p->facts, p->lang);
    }
    return STATUS_OK;
}

enum status dialogue_write(const struct publication *p, int64_t id, struct tpl *t,
                           struct page *page)
{
    static const struct actor anyone = {.kind = ACTOR_PUBLIC};
    struct dialogue *d = arena_new(p->arena, struct dialogue);
    struct agenda agenda = {0};
    enum status status = store_dialogue_load(p->sql, p->unit, id, p->arena, d);
    if (status == STATUS_OK && !dialogue_visible(d, &anyone)) status = STATUS_NOT_FOUND;
    if (status == STATUS_OK) status = store_agenda(p->sql, p->unit, id, p->arena, &agenda);
    if (status != STATUS_OK) return status;
    struct dialogue_view view = {
        .card = dialogue_card_of(p->arena, p->lang, d, p->now_ms),
        .chair = seat(p, d, APPOINT_CHAIR, ROLE_CHAIR),
        .secretary = seat(p, d, APPOINT_SECRETARY, ROLE_SECRETARY),
        .agenda = agenda.rows,
        .agenda_count = (size_t)agenda.count,
        .contact = page->contact,
        .plan = *d->number != 0 ? arena_printf(p->arena, "%s/%s", d->number, d->symbol) : NULL,
        .intake_text = intake_sentence(p->arena, p->lang, d, p->now_ms),
    };
    add_documents(p, &view);
    status = figures_add(p->sql, p->unit, id, instant_day(p->now_ms), p->arena, &view.figures);
    if (status == STATUS_OK) status = add_latest(p, d, &view);
    if (status != STATUS_OK) return status;
    page->title = d->title;
    page->here = NULL;
    tpl_public_dialogue(t, page, &view);
    return STATUS_OK;
}
