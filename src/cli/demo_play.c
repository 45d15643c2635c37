// SPDX-License-Identifier: AGPL-3.0-or-later
// Plays the beats of the sample ward: moves the clock, fills an act from the table, runs it. The
// program's own timer runs once a day between them, as it does under `serve`.
#include <stdlib.h>
#include <string.h>

#include "actions/office.h"
#include "cli/demo.h"
#include "base/text.h"

enum { YEAR = 2024 };

static int64_t beat_ms(const char *at)
{
    char text[INSTANT_TEXT];
    int64_t ms = 0;
    snprintf(text, sizeof(text), "%d-%.5sT%.5s:00+07:00", YEAR, at, at + 6);
    ensure(instant_parse(text, &ms));
    return ms;
}

static int64_t opinion_id(int number)
{
    return YEAR * OPINION_PER_YEAR + number;
}

static bool fail(struct demo *demo, const struct beat *beat, const char *what, const char *field)
{
    snprintf(demo->wrong, sizeof(demo->wrong), "%s %s %s %d: %s%s%s", beat->at, beat->who,
             beat->does, beat->opinion, what, field != NULL ? ", " : "",
             field != NULL ? field : "");
    return false;
}

// ---- values of parameters

/// "a|b|c" as list.
static size_t split(struct arena *arena, const char *text, const char *const **ret_list)
{
    size_t count = 1;
    for (const char *p = text; *p != 0; p++)
        count += *p == '|';
    const char **list = arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        size_t len = strcspn(text, "|");
        list[i] = arena_strndup(arena, text, len);
        text += len + (text[len] != 0);
    }
    *ret_list = list;
    return count;
}

/// "urban:text|culture_society:text".
static void read_parts(struct arena *arena, const char *text, struct param_value *value)
{
    const char *const *list;
    value->count = split(arena, text, &list);
    struct part *parts = arena_array(arena, struct part, value->count);
    for (size_t i = 0; i < value->count; i++) {
        size_t len = strcspn(list[i], ":");
        parts[i].field = value_parse(&fields, arena_strndup(arena, list[i], len));
        parts[i].text = list[i] + len + 1;
    }
    value->parts = parts;
}

/// The words to hide, as they stand in the opinion's text.
static bool read_span(struct arena *arena, const char *words, int opinion,
                      struct param_value *value)
{
    for (int i = 0; i < demo_opinion_count; i++) {
        const char *content = demo_opinions[i].content;
        const char *found = strstr(content, words);
        if (demo_opinions[i].opinion != opinion || found == NULL) continue;
        struct span *span = arena_new(arena, struct span);
        span->from = (int64_t)text_length(arena_strndup(arena, content, (size_t)(found - content)));
        span->to = span->from + (int64_t)text_length(words);
        value->count = 1;
        value->spans = span;
        return true;
    }
    return false;
}

static bool read_number(const char *text, int64_t *ret_number)
{
    char *end = NULL;
    *ret_number = strtoll(text, &end, 10);
    return end != text && *end == 0;
}

static bool read_value(struct arena *arena, const struct beat *beat, int i, struct params *params)
{
    const struct param_row *row = &param_rows[beat->with[i].id];
    const char *text = beat->with[i].value;
    struct param_value *value = &params->at[beat->with[i].id];
    int32_t day = 0;
    value->given = true;
    switch (row->type) {
    case PARAM_TYPE_TEXT:
    case PARAM_TYPE_LINE:
    case PARAM_TYPE_MONTH_OR_DATE:
        value->text = text;
        return true;
    case PARAM_TYPE_VALUE:
        value->number = value_parse(row->set, text);
        return value->number >= 0;
    case PARAM_TYPE_DATE:
        if (!day_parse(text, &day)) return false;
        return value->number = day, true;
    case PARAM_TYPE_INSTANT:
        return instant_parse(text, &value->number);
    case PARAM_TYPE_INTEGER:
    case PARAM_TYPE_KHOM:
        return read_number(text, &value->number);
    case PARAM_TYPE_BOOL:
        return value->number = strcmp(text, "true") == 0, true;
    case PARAM_TYPE_OPINION:
        if (!read_number(text, &value->number)) return false;
        return value->number = opinion_id((int)value->number), true;
    case PARAM_TYPE_LINES:
        return value->count = split(arena, text, &value->lines), true;
    case PARAM_TYPE_PARTS:
        return read_parts(arena, text, value), true;
    case PARAM_TYPE_SPANS:
        return read_span(arena, text, beat->opinion, value);
    }
    return false;
}

// ---- one beat

static struct caller caller_of(struct demo *demo, const struct beat *beat)
{
    struct caller caller = {.kind = ACTOR_PUBLIC};
    if (strcmp(beat->who, "author") == 0) {
        caller.kind = ACTOR_AUTHOR;
        receipt_hash(&demo->app->keys, demo->unit, demo->receipts[beat->opinion],
                     caller.receipt_hash);
    } else if (strcmp(beat->who, "public") != 0) {
        caller.kind = ACTOR_ACCOUNT;
        caller.username = beat->who;
    }
    return caller;
}

static void fill_submission(struct act *act, const struct demo *demo, int opinion)
{
    for (int i = 0; i < demo_opinion_count; i++) {
        const struct demo_opinion *o = &demo_opinions[i];
        if (o->opinion != opinion) continue;
        act->run = run_opinion_submit;
        act->target = demo->dialogue;
        act->submission = (struct submission){.content = o->content,
                                              .kind = (int)o->kind,
                                              .field = (int)o->field,
                                              .channel = (int)o->channel,
                                              .wants = (int)o->wants,
                                              .reply_by = (int)o->reply_by,
                                              .author_type = (int)o->author,
                                              .publish_name = o->publish_name,
                                              .name = o->name,
                                              .organisation = o->organisation,
                                              .phone = o->phone,
                                              .email = o->email,
                                              .khom = o->khom};
    }
}

/// Read aloud just now, once: the loudspeaker log (R95).
static void fill_broadcast(struct act *act, const struct demo *demo, const struct beat *beat)
{
    struct broadcast *b = arena_new(&act->input, struct broadcast);
    int64_t ms = beat_ms(beat->at);
    const struct person *reader = NULL;
    for (int i = 0; i < demo_people_count; i++)
        if (strcmp(demo_people[i].username, beat->who) == 0) reader = &demo_people[i];
    ensure(reader != NULL);
    *b = (struct broadcast){.day = instant_day(ms),
                            .minute = (int)((ms - instant_at(instant_day(ms), 0, 0)) / MINUTE_MS),
                            .times = 2,
                            .khom = reader->khom,
                            .reader = reader->name,
                            .note = beat->with[0].value};
    act->run = run_broadcast_add;
    act->target = demo->dialogue;
    act->extra = b;
}

static void fill_action(struct act *act, const struct demo *demo, const struct beat *beat)
{
    if (strcmp(beat->does, "broadcast") == 0) {
        fill_broadcast(act, demo, beat);
    } else if (demo_fill_meeting(act, beat)) {
        act->target = demo->dialogue;
    } else if (strcmp(beat->does, "create") == 0) {
        act->run = run_dialogue_create;
    } else if (strcmp(beat->does, "submit") == 0) {
        fill_submission(act, demo, beat->opinion);
    } else if (beat->opinion == 0) {
        act->run = run_dialogue_action;
        act->action = dialogue_action_parse(beat->does);
        act->target = demo->dialogue;
    } else {
        act->run = run_opinion_action;
        act->action = opinion_action_parse(beat->does);
        act->target = opinion_id(beat->opinion);
    }
}

/// What later beats need of its answer; and that numbers come out as the tables count on.
static bool take_answer(struct demo *demo, const struct beat *beat, const struct act *act)
{
    demo->acts++;
    if (act->extra != NULL) return true;
    if (beat->opinion == 0) return demo->dialogue = act->answer.id, true;
    if (act->answer.id != opinion_id(beat->opinion)) return fail(demo, beat, "number", NULL);
    if (*act->answer.receipt != 0)
        memcpy(demo->receipts[beat->opinion], act->answer.receipt, RECEIPT_SIZE);
    demo->submitted += strcmp(beat->does, "submit") == 0;
    for (int i = 1; i < act->answer.number_count; i++) { // one receipt opens all parts
        int part = (int)(act->answer.numbers[i] - opinion_id(0));
        if (part >= DEMO_OPINIONS) return fail(demo, beat, "number", NULL);
        memcpy(demo->receipts[part], demo->receipts[beat->opinion], RECEIPT_SIZE);
        demo->submitted++;
    }
    return true;
}

static bool run_beat(struct demo *demo, const struct beat *beat, struct act *act)
{
    act->caller = caller_of(demo, beat);
    act->behalf = beat->behalf;
    if (beat->proof_text != NULL)
        act->proof = (struct proof){true, beat->proof, beat->proof_text, ""};
    fill_action(act, demo, beat);
    if (act->run == NULL || act->action < 0) return fail(demo, beat, "unknown", NULL);
    for (int i = 0; act->extra == NULL && i < BEAT_PARAMS && beat->with[i].value != NULL; i++)
        if (!read_value(&act->input, beat, i, &act->params))
            return fail(demo, beat, "value", param_rows[beat->with[i].id].name);
    unsigned char seed[DIGEST_BYTES];
    struct digest d;
    digest_init(&d, NULL);
    digest_text(&d, "receipt of the sample ward");
    digest_text(&d, beat->does);
    digest_int(&d, beat->opinion);
    digest_done(&d, seed);
    demo->app->receipt_seed = seed;
    enum status status = act_do(act);
    demo->app->receipt_seed = NULL;
    if (status != STATUS_OK) return fail(demo, beat, status_name(status), NULL);
    if (act->refusal.code != REFUSAL_NONE)
        return fail(demo, beat, refusal_rows[act->refusal.code].code, act->refusal.field);
    return take_answer(demo, beat, act);
}

/// The daily run of the timer: silent windows end, the sealed chain is anchored.
static bool tick(struct demo *demo, int32_t day)
{
    struct act *act = act_new(demo->app, demo->unit);
    demo->app->clock = clock_starting_at(instant_at(day, 0, 5));
    act->run = run_lapse;
    enum status status = act_do(act);
    act_free(act);
    if (status != STATUS_OK)
        snprintf(demo->wrong, sizeof(demo->wrong), "timer: %s", status_name(status));
    return status == STATUS_OK;
}

static bool tick_until(struct demo *demo, int64_t ms)
{
    int32_t day = instant_day(ms);
    if (demo->submitted == 0) demo->ticked = day; // nothing to lapse yet
    while (demo->ticked < day && instant_at(demo->ticked + 1, 0, 5) < ms)
        if (!tick(demo, ++demo->ticked)) return false;
    return true;
}

static bool play(struct demo *demo, const struct beats *beats)
{
    for (int i = 0; i < beats->count; i++) {
        const struct beat *beat = &beats->rows[i];
        int64_t ms = beat_ms(beat->at);
        if (ms > demo->until_ms) return true;
        if (!tick_until(demo, ms)) return false;
        demo->app->clock = clock_starting_at(ms);
        struct act *act = act_new(demo->app, demo->unit);
        bool played = run_beat(demo, beat, act);
        act_free(act);
        if (!played) return false;
    }
    return true;
}

bool demo_play(struct demo *demo)
{
    const struct beats *const acts[] = {&demo_before, &demo_hall, &demo_after, &demo_end};
    for (size_t i = 0; i < ARRAY_LEN(acts); i++)
        if (!play(demo, acts[i])) return false;
    return tick_until(demo, demo->until_ms);
}
