// SPDX-License-Identifier: AGPL-3.0-or-later
// The working of a deadline, day by day, in Vietnamese: what an officer shows a resident who asks
// why. It retells what was computed and stored; it never computes a date of its own.
#include "domain/deadline.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/ensure.h"

/// Steps being written.
struct working {
    struct arena *arena;
    const struct deadline *deadline;
    const struct calendar *calendar;
    const char *event; // what the clock counts from
    bool working_days; // days off are skipped
    struct deadline_step *items;
    size_t count, room;
};

static const char *date(struct arena *arena, int32_t day)
{
    struct civil c = day_civil(day);
    return arena_printf(arena, "%02d/%02d/%04d", c.day, c.month, c.year);
}

/// "thứ Bảy 20/07/2024"
static const char *long_date(struct arena *arena, int32_t day)
{
    return arena_printf(arena, "%s %s", calendar_weekday_name(day), date(arena, day));
}

static struct deadline_step *add(struct working *w, enum deadline_step_kind kind, int32_t first,
                                 int32_t last, const char *note)
{
    if (w->count == w->room) {
        size_t room = w->room == 0 ? 16 : w->room * 2;
        struct deadline_step *items = arena_array(w->arena, struct deadline_step, room);
        for (size_t i = 0; i < w->count; i++)
            items[i] = w->items[i];
        w->items = items;
        w->room = room;
    }
    struct deadline_step *step = &w->items[w->count++];
    *step =
        (struct deadline_step){.kind = kind, .first_day = first, .last_day = last, .note = note};
    return step;
}

/// How a day strictly between start and last counts. In calendar days an ordinary weekend is a
/// plain day.
static enum deadline_step_kind kind_of(const struct working *w, int32_t day)
{
    if (calendar_is_working(w->calendar, day)) return DEADLINE_STEP_COUNTED;
    if (w->working_days) return DEADLINE_STEP_SKIPPED;
    return calendar_find(w->calendar, day) == NULL ? DEADLINE_STEP_COUNTED : DEADLINE_STEP_OFF;
}

static bool same_run(const struct working *w, int32_t a, int32_t b)
{
    if (kind_of(w, a) != kind_of(w, b)) return false;
    if (kind_of(w, a) != DEADLINE_STEP_COUNTED)
        return calendar_day_label(w->calendar, a) == calendar_day_label(w->calendar, b);
    const struct calendar_day *row_a = calendar_find(w->calendar, a);
    return row_a == calendar_find(w->calendar, b); // a worked Saturday stands alone
}

static const char *run_note(const struct working *w, const struct deadline_step *step)
{
    const char *label = calendar_day_label(w->calendar, step->first_day);
    if (step->kind == DEADLINE_STEP_SKIPPED) return arena_printf(w->arena, "%s, không tính", label);
    if (step->kind == DEADLINE_STEP_OFF) return arena_printf(w->arena, "%s, vẫn tính", label);
    bool swapped = calendar_find(w->calendar, step->first_day) != NULL;
    if (w->working_days && swapped) return arena_printf(w->arena, "%s, có tính", label);
    const char *unit = w->working_days ? "ngày làm việc" : "ngày";
    if (step->from == step->to) return arena_printf(w->arena, "%s thứ %d", unit, step->from);
    return arena_printf(w->arena, "%s thứ %d đến thứ %d", unit, step->from, step->to);
}

/// The days between start and last, runs of like days together. Counted back, the runs go back too,
/// while inside a run first_day is the earlier.
static void add_runs(struct working *w)
{
    const struct deadline *d = w->deadline;
    int32_t step = d->last_day >= d->start_day ? 1 : -1;
    int number = 0;
    for (int32_t day = d->start_day + step; day != d->last_day && day != d->last_day + step;) {
        int32_t end = day;
        while (end + step != d->last_day && same_run(w, day, end + step))
            end += step;
        struct deadline_step *run =
            add(w, kind_of(w, day), step > 0 ? day : end, step > 0 ? end : day, "");
        if (run->kind != DEADLINE_STEP_SKIPPED) {
            run->from = number + 1;
            number += run->last_day - run->first_day + 1;
            run->to = number;
        }
        run->note = run_note(w, run);
        day = end + step;
    }
}

static void add_last(struct working *w)
{
    const struct deadline *d = w->deadline;
    const char *unit = w->working_days ? "ngày làm việc" : "ngày";
    bool off = !calendar_is_working(w->calendar, d->last_day);
    const char *note =
        arena_printf(w->arena, "%s thứ %d, ngày cuối%s%s%s", unit, d->length, off ? " (" : "",
                     off ? calendar_day_label(w->calendar, d->last_day) : "", off ? ")" : "");
    struct deadline_step *last = add(w, DEADLINE_STEP_LAST, d->last_day, d->last_day, note);
    last->from = last->to = d->length;
}

static void add_rolled(struct working *w)
{
    const struct deadline *d = w->deadline;
    if (d->legal_day <= d->last_day) return;
    add(w, DEADLINE_STEP_ROLLED, d->last_day, d->legal_day - 1,
        "ngày cuối là ngày nghỉ, thời hạn lùi đến ngày làm việc tiếp theo");
}

/// ", là ngày nghỉ" and the like need one name for all kinds of day off.
static const char *off_name(const struct working *w, int32_t day)
{
    const struct calendar_day *row = calendar_find(w->calendar, day);
    return row == NULL ? "ngày nghỉ" : arena_printf(w->arena, "ngày nghỉ (%s)", row->name);
}

static const char *term_text(const struct working *w, const struct deadline_term *term)
{
    return arena_printf(w->arena, "%s %s %s %d %s", w->event,
                        date(w->arena, w->deadline->start_day), term->before ? "-" : "+",
                        w->deadline->length, w->working_days ? "ngày làm việc" : "ngày");
}

static const char *summary_by_date(const struct working *w, const struct deadline_term *term)
{
    const struct deadline *d = w->deadline;
    const char *first =
        arena_printf(w->arena, "%s %s; %s: %s", w->event, date(w->arena, d->start_day), term->name,
                     long_date(w->arena, d->legal_day));
    if (d->safe_day == d->legal_day) return arena_printf(w->arena, "%s.", first);
    return arena_printf(w->arena, "%s, là %s; nên xong chậm nhất %s.", first,
                        off_name(w, d->legal_day), long_date(w->arena, d->safe_day));
}

static const char *summary(const struct working *w, const struct deadline_term *term)
{
    const struct deadline *d = w->deadline;
    if (term->unit == DEADLINE_BY_DATE) return summary_by_date(w, term);
    const char *sum = term_text(w, term), *last = long_date(w->arena, d->last_day);
    if (d->legal_day == d->last_day && d->safe_day == d->last_day)
        return arena_printf(w->arena, "%s = %s, là hạn cuối.", sum, last);
    const char *off = off_name(w, d->last_day), *safe = long_date(w->arena, d->safe_day);
    if (d->legal_day == d->last_day)
        return arena_printf(w->arena, "%s = %s, là hạn cuối và là %s; nên xong chậm nhất %s.", sum,
                            last, off, safe);
    return arena_printf(w->arena, "%s = %s, là %s nên hạn cuối là %s; nên xong chậm nhất %s.", sum,
                        last, off, long_date(w->arena, d->legal_day), safe);
}

struct deadline_steps deadline_steps_from(struct arena *arena, const struct deadline *deadline,
                                          const struct calendar *calendar, const char *event)
{
    const struct deadline_term *term = deadline_term(deadline->profile, deadline->rule);
    ensure(term->unit != DEADLINE_MINUTES);
    struct working w = {.arena = arena,
                        .deadline = deadline,
                        .calendar = calendar,
                        .event = event == NULL ? term->event : event,
                        .working_days = term->unit == DEADLINE_WORKING_DAYS};
    int32_t start = deadline->start_day;
    add(&w, DEADLINE_STEP_START, start, start,
        arena_printf(arena, "%s, ngày 0, không tính", w.event));
    if (term->unit != DEADLINE_BY_DATE) {
        add_runs(&w);
        add_last(&w);
        add_rolled(&w);
    }
    add(&w, DEADLINE_STEP_LEGAL, deadline->legal_day, deadline->legal_day,
        arena_printf(arena, "hạn cuối: %s", long_date(arena, deadline->legal_day)));
    if (deadline->safe_day != deadline->legal_day)
        add(&w, DEADLINE_STEP_SAFE, deadline->safe_day, deadline->safe_day,
            arena_printf(arena, "nên xong chậm nhất %s", long_date(arena, deadline->safe_day)));
    return (struct deadline_steps){
        .items = w.items, .count = w.count, .summary = summary(&w, term)};
}

struct deadline_steps deadline_steps(struct arena *arena, const struct deadline *deadline,
                                     const struct calendar *calendar)
{
    return deadline_steps_from(arena, deadline, calendar, NULL);
}
