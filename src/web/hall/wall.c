// SPDX-License-Identifier: AGPL-3.0-or-later
// Shares out the height of the screen. Lengths are those of hall.css, in thousandths of its unit;
// tests/system/hall_screens.test.mjs holds them to what a browser makes of them.
#include "web/hall/wall.h"

#include <string.h>

enum {
    WIDE = 94000,             // between the margins
    MAIN_HEIGHT = 43700,      // of a head without lines: foot, rules and margins are off already
    OVER_GAP = 800,           // below the line over the words
    REST_HEIGHT = 3700,       // where the whole text is
    WARD_WIDE = 36000,        // of the head, at most
    HEAD_GAP = 2000,          // between ward and title
    ROW_GAP = 1100,           // padding and rule of a row
    SHARE_HEIGHT = 6500,      // of the small share of the floor
    NAME_WIDE = 38000,        // in a row of the queue
    WHY_WIDE = 45000,         //
    NOW_WIDE = 72000,         // bold
    STEP_WIDE = 88000,        // in a row of the programme
    NAME_HEIGHT = 7600,       // of who speaks
    BREAK_TITLE = 7800,       // "Hội nghị tạm nghỉ"
    JOIN_WIDE = 60000,        // beside the code for phones
    JOIN_HEIGHT = 12000,      //
    QUEUE_MOST = 6,           // with who speaks
    WHY_LINES = 2,            // the longest reason there is
    LINE_SIZE = FIT_LEAST - 1 // of a row
};

struct wall {
    struct arena *arena;
    enum lang lang;
    const struct hall_view *v;
    struct hall_wall *out;
    int room; // height that is left
};

static struct fit_text lines_of(struct wall *w, const char *text, int size, int width, int lines)
{
    return fit_lines(w->arena, text == NULL ? "" : text, size, width, lines);
}

static void fill_frame(struct wall *w)
{
    const char *ward = w->v->ward == NULL ? "" : w->v->ward;
    int wide = fit_width(ward, fit_sizes[FIT_LEAST], false);
    if (wide > WARD_WIDE) wide = WARD_WIDE;
    struct fit_text left = lines_of(w, ward, FIT_LEAST, WARD_WIDE, 2);
    struct fit_text right = lines_of(w, w->v->title, FIT_LEAST, WIDE - HEAD_GAP - wide, 2);
    w->out->ward = left.text;
    w->out->title = right.text;
    w->out->place = lines_of(w, w->v->place, FIT_LEAST, WIDE, 1).text;
    w->room =
        MAIN_HEIGHT - fit_height(FIT_LEAST, left.lines > right.lines ? left.lines : right.lines);
}

static void fill_over(struct wall *w, const char *text)
{
    const struct fit_box box = {WIDE, fit_height(FIT_LEAST, 2), LINE_SIZE, FIT_LEAST, true, 0};
    w->out->over = fit(w->arena, text, &box);
    w->room -= fit_height(w->out->over.size, w->out->over.lines) + OVER_GAP;
}

static void fill_words(struct wall *w, const char *text, int largest, bool bold, const char *rest)
{
    const struct fit_box box = {WIDE, w->room, largest, FIT_LEAST, bold, REST_HEIGHT};
    w->out->words = fit(w->arena, text, &box);
    if (w->out->words.cut) w->out->rest = lines_of(w, rest, FIT_LEAST, WIDE, 1).text;
}

static const char *joined(struct wall *w, const char *words, const char *more)
{
    return more == NULL || *more == 0 ? words : arena_printf(w->arena, "%s · %s", words, more);
}

static void fill_opinion(struct wall *w, const char *people_url)
{
    const struct hall_opinion_view *o = w->v->opinion;
    const char *host = strstr(people_url, "://");
    const char *rest = arena_printf(w->arena, "%s %s/y-kien/%s", tr(w->lang, "Còn nữa. Toàn văn:"),
                                    host != NULL ? host + 3 : people_url, o->number);
    if (w->v->scene == SCENE_QUESTION) {
        const char *over =
            arena_printf(w->arena, "%s %s · %s", tr(w->lang, "Ý kiến số"), o->number, o->field);
        fill_over(w, joined(w, over, o->author));
        fill_words(w, o->content, 0, false, rest);
        return;
    }
    const char *over =
        arena_printf(w->arena, "%s %s: %s", tr(w->lang, "Kết quả ý kiến số"), o->number, o->state);
    fill_over(w, joined(w, over, o->answer != NULL ? o->answered_by : NULL));
    if (o->answer != NULL)
        fill_words(w, o->answer, 0, false, rest);
    else
        fill_words(w, o->outcome, 0, true, rest);
}

static void fill_speaker(struct wall *w)
{
    const struct hall_view *v = w->v;
    fill_over(w, tr(w->lang, "Đang phát biểu"));
    const char *name = v->speaking ? v->speaker.name : tr(w->lang, "Mời người tiếp theo");
    const struct fit_box box = {WIDE, NAME_HEIGHT, 0, FIT_LEAST, true, 0};
    w->out->words = fit(w->arena, name, &box);
    if (v->speaking) {
        const char *kind = v->speaker.kind;
        const char *who = v->speaker.khom == NULL ? kind : joined(w, v->speaker.khom, kind);
        w->out->who = lines_of(w, who, LINE_SIZE, WIDE, 1).text;
    }
    if (v->queue_count == 0) return;
    const char *next = arena_printf(w->arena, "%s %s", tr(w->lang, "Tiếp theo:"), v->queue[0].name);
    w->out->next = lines_of(w, next, LINE_SIZE, WIDE, 1).text;
}

static void fill_queue(struct wall *w)
{
    const struct hall_view *v = w->v;
    struct hall_wall *out = w->out;
    w->room -= fit_height(LINE_SIZE, 1) + OVER_GAP + SHARE_HEIGHT;
    out->row_size = LINE_SIZE;
    out->rows = arena_array(w->arena, struct wall_row, QUEUE_MOST);
    if (v->speaking) {
        out->rows[out->row_count++] = (struct wall_row){
            .name = lines_of(w, v->speaker.name, LINE_SIZE, NOW_WIDE, 1).text, .now = true};
        w->room -= fit_height(LINE_SIZE, 1) + ROW_GAP;
    }
    for (size_t i = 0; i < v->queue_count && out->row_count < QUEUE_MOST; i++) {
        struct fit_text why = lines_of(w, v->queue[i].reason, FIT_LEAST, WHY_WIDE, WHY_LINES);
        int name_height = fit_height(LINE_SIZE, 1), why_height = fit_height(FIT_LEAST, why.lines);
        w->room -= (why_height > name_height ? why_height : name_height) + ROW_GAP;
        if (w->room < 0) break;
        out->rows[out->row_count++] =
            (struct wall_row){.name = lines_of(w, v->queue[i].name, LINE_SIZE, NAME_WIDE, 1).text,
                              .why = why.text,
                              .number = v->queue[i].place};
    }
}

static struct fit_text step_text(struct wall *w, const struct hall_step_view *s, int size,
                                 int lines)
{
    const struct fit_box box = {STEP_WIDE, fit_height(size, lines), size, size, s->now, 0};
    return fit(w->arena, s->title, &box);
}

/// The steps from which on, how many of them have room, in that size.
static size_t steps_from(struct wall *w, size_t first, int size, int lines)
{
    int left = w->room;
    size_t i = first;
    while (i < w->v->step_count &&
           (left -= fit_height(size, step_text(w, &w->v->steps[i], size, lines).lines) + ROW_GAP) >=
               0)
        i++;
    return i - first;
}

static void fill_programme(struct wall *w)
{
    enum { WHOLE = 12, SHORT = 2 }; // lines of a title
    const struct hall_view *v = w->v;
    struct hall_wall *out = w->out;
    size_t first = 0, now = 0;
    int lines = WHOLE;
    fill_over(w, tr(w->lang, "Chương trình"));
    for (size_t i = 0; i < v->step_count; i++)
        if (v->steps[i].now) now = i;
    out->row_size = LINE_SIZE;
    while (steps_from(w, 0, out->row_size, WHOLE) < v->step_count && out->row_size < FIT_LEAST)
        out->row_size++;
    out->row_count = steps_from(w, 0, out->row_size, WHOLE);
    if (out->row_count < v->step_count) { // those around the one that runs
        lines = SHORT;
        first = now > 0 ? now - 1 : 0;
        while (first > 0 && first + steps_from(w, first - 1, out->row_size, lines) >= v->step_count)
            first--;
        out->row_count = steps_from(w, first, out->row_size, lines);
    }
    if (out->row_count < v->step_count)
        out->over.text = arena_printf(w->arena, "%s (%zu–%zu / %zu)", tr(w->lang, "Chương trình"),
                                      first + 1, first + out->row_count, v->step_count);
    out->rows = arena_array(w->arena, struct wall_row, out->row_count + 1);
    for (size_t i = 0; i < out->row_count; i++) {
        const struct hall_step_view *s = &v->steps[first + i];
        out->rows[i] = (struct wall_row){
            .name = step_text(w, s, out->row_size, lines).text, .number = s->step, .now = s->now};
    }
}

static void fill_welcome(struct wall *w)
{
    const struct hall_view *v = w->v;
    const struct fit_box box = {JOIN_WIDE, JOIN_HEIGHT, 2, FIT_LEAST, false, 0};
    if (v->code == NULL) return;
    const char *words =
        arena_printf(w->arena, "%s %s", tr(w->lang, "Quét mã, hoặc mở"), v->join_url);
    w->out->words = fit(w->arena, words, &box);
    if (v->wifi == NULL || *v->wifi == 0) return;
    const char *wifi = arena_printf(w->arena, "%s %s", tr(w->lang, "Wi-Fi:"), v->wifi);
    w->out->wifi = lines_of(w, wifi, FIT_LEAST, JOIN_WIDE, 2).text;
}

void hall_wall(struct arena *arena, enum lang lang, const struct hall_view *v,
               const char *people_url, struct hall_wall *ret_wall)
{
    const char *spoken = tr(lang, "Còn nữa. Thư ký đọc toàn văn.");
    struct wall w = {.arena = arena, .lang = lang, .v = v, .out = ret_wall};
    const bool about = v->scene == SCENE_QUESTION || v->scene == SCENE_ANSWER;
    *ret_wall = (struct hall_wall){0};
    fill_frame(&w);
    if (about && v->opinion != NULL) {
        fill_opinion(&w, people_url);
    } else if (v->scene == SCENE_SPEAKER) {
        fill_speaker(&w);
    } else if (v->scene == SCENE_QUEUE) {
        fill_queue(&w);
    } else if (v->scene == SCENE_PROGRAMME) {
        fill_programme(&w);
    } else if (v->scene == SCENE_MESSAGE) {
        fill_words(&w, v->scene_text, 0, true, spoken);
    } else if (v->scene == SCENE_BREAK) {
        w.room -= BREAK_TITLE;
        fill_words(&w, v->scene_text, 2, false, spoken);
    } else if (v->scene == SCENE_WELCOME || about) {
        fill_welcome(&w);
    }
}
