// SPDX-License-Identifier: AGPL-3.0-or-later
// Fills the view of the hall from its rows. Shows of an opinion only what everybody may read.
#include "web/hall/view.h"

#include <string.h>

#include "base/buf.h"
#include "base/day.h"
#include "domain/hall_next.h"
#include "store/opinion.h"
#include "store/opinion_list.h"

/// One reason more, after a comma.
static const char *and_why(struct arena *arena, const char *before, const char *why)
{
    return before == NULL ? why : arena_printf(arena, "%s, %s", before, why);
}

static const char *why_of(const struct hall_read *r, unsigned reasons, const char *khom,
                          bool business)
{
    if (reasons & PLACE_ORDER) return tr(r->lang, "về trình tự, được ưu tiên");
    if (reasons & PLACE_REPLY) return tr(r->lang, "trao đổi tiếp câu đang bàn");
    const char *why = NULL;
    if (reasons & PLACE_TOPIC) why = tr(r->lang, "cùng nội dung đang bàn");
    if (reasons & PLACE_FIRST) why = and_why(r->arena, why, tr(r->lang, "lần đầu phát biểu"));
    if (reasons & PLACE_ROUND)
        why = and_why(r->arena, why,
                      business ? tr(r->lang, "đến lượt doanh nghiệp")
                               : arena_printf(r->arena, "%s %s", tr(r->lang, "đến lượt"), khom));
    return why != NULL ? why : tr(r->lang, "theo thứ tự đăng ký");
}

static const char *topic_label(enum lang lang, const char *topic)
{
    int field = hall_topic_field(topic);
    return field < 0 ? NULL : label_of(lang, &fields, field);
}

/// What they want to speak about, then why they stand where they do: "Kinh tế; lần đầu phát biểu".
static const char *with_topic(const struct hall_read *r, const struct hall_turn *turn,
                              const char *why)
{
    const char *topic = topic_label(r->lang, turn->topic);
    return topic == NULL ? why : arena_printf(r->arena, "%s; %s", topic, why);
}

/// As this reader may know them; else by their khóm, or as a business.
static const char *name_of(const struct hall_read *r, const struct hall_turn *turn,
                           const char *khom)
{
    const char *name = r->secretary ? turn->name : hall_turn_name(turn);
    if (*turn->username != 0) return person_shown(&r->facts->people, turn->username);
    if (*name != 0) return name;
    if (turn->side == SIDE_AUTHORITY) return tr(r->lang, "Chủ trì");
    if (turn->author_type == AUTHOR_BUSINESS) return tr(r->lang, "Doanh nghiệp");
    if (khom != NULL) return arena_printf(r->arena, "%s %s", tr(r->lang, "Người dân"), khom);
    return tr(r->lang, "Người dự hội nghị");
}

static struct hall_place_view place_view(const struct hall_read *r, const struct hall_turn *turn,
                                         unsigned reasons)
{
    const char *khom = khom_name(r->facts, turn->khom);
    const char *why =
        why_of(r, reasons, khom != NULL ? khom : "", turn->author_type == AUTHOR_BUSINESS);
    return (struct hall_place_view){.turn = turn->turn,
                                    .name = name_of(r, turn, khom),
                                    .name_state = turn->name_state,
                                    .of_phone = hall_name_of_phone(turn),
                                    .khom = khom,
                                    .kind = turn->side == SIDE_AUTHORITY
                                                ? tr(r->lang, "trả lời")
                                                : label_of(r->lang, &turn_kinds, (int)turn->kind),
                                    .why = with_topic(r, turn, why),
                                    .reason = why,
                                    .mine = r->ticket != 0 && turn->ticket == r->ticket};
}

static const char *minutes_text(struct arena *arena, int64_t ms)
{
    int64_t s = ms / 1000;
    return arena_printf(arena, "%lld:%02lld", (long long)(s / 60), (long long)(s % 60));
}

static void fill_queue(const struct hall_read *r, const struct hall *hall, struct hall_view *v)
{
    struct hall_order order = hall_order(hall, r->arena);
    v->queue = arena_array(r->arena, struct hall_place_view, (size_t)order.count + 1);
    for (int i = 0; i < order.count; i++) {
        v->queue[i] = place_view(r, order.places[i].turn, order.places[i].reasons);
        v->queue[i].place = i + 1;
    }
    v->queue_count = (size_t)order.count;
    BUF turns = {0};
    for (int i = 0; i < order.count; i++)
        buf_printf(&turns, i == 0 ? "%lld" : " %lld", (long long)order.places[i].turn->turn);
    v->queue_turns = arena_strdup(r->arena, turns.len > 0 ? buf_text(&turns) : "");
    v->skipped = arena_array(r->arena, struct hall_place_view, (size_t)hall->turn_count + 1);
    for (int i = 0; i < hall->turn_count; i++)
        if (hall->turns[i].state == TURN_SKIPPED)
            v->skipped[v->skipped_count++] = place_view(r, &hall->turns[i], 0);
}

/// Whether the same name stands elsewhere on the console.
static bool stands_elsewhere(const struct hall *hall, const struct hall_turn *turn)
{
    const unsigned listed = 1u << TURN_WAITING | 1u << TURN_SKIPPED | 1u << TURN_SPEAKING;
    for (int i = 0; i < hall->turn_count; i++)
        if (hall_same_name(&hall->turns[i], turn) && (listed & 1u << hall->turns[i].state) != 0)
            return true;
    return false;
}

/// Who has spoken, or was not called any more, under a name that the secretary has not read: the
/// minutes would not tell it. Each name once.
static void fill_unread(const struct hall_read *r, const struct hall *hall, struct hall_view *v)
{
    v->unread = hall_unread(hall);
    v->spoken = arena_array(r->arena, struct hall_place_view, (size_t)v->unread.count + 1);
    for (int i = 0; i < hall->turn_count; i++) {
        const struct hall_turn *turn = &hall->turns[i];
        bool over = turn->state == TURN_DONE || turn->state == TURN_LEFT;
        if (over && hall_is_unread(hall, turn) && !stands_elsewhere(hall, turn))
            v->spoken[v->spoken_count++] = place_view(r, turn, 0);
    }
}

static void fill_speaker(const struct hall_read *r, const struct hall *hall, struct hall_view *v)
{
    const struct hall_turn *turn = hall_turn_find(hall, hall->turn);
    v->speaking = turn != NULL;
    v->paused = hall->paused;
    if (turn == NULL) return;
    v->speaker = place_view(r, turn, 0);
    v->authority = turn->side == SIDE_AUTHORITY;
    int64_t spoken = hall_spoken_ms(hall, turn->turn, r->now_ms);
    int64_t limit = hall_limit_ms(hall, turn);
    int64_t left = limit - spoken;
    v->clock = (struct hall_clock_view){
        .running = !hall->paused && v->open,
        .limited = limit > 0,
        .spoken = spoken / 1000,
        .limit = limit / 1000,
        .warn = hall->warn_seconds,
        .text = limit == 0 ? minutes_text(r->arena, spoken)
                : left < 0 ? arena_printf(r->arena, "+%s", minutes_text(r->arena, -left))
                           : minutes_text(r->arena, left)};
}

static void fill_share(const struct hall_read *r, const struct hall *hall, struct hall_view *v)
{
    struct hall_share share = hall_share(hall, r->now_ms);
    int64_t spoken = share.ms[SIDE_PEOPLE] + share.ms[SIDE_AUTHORITY];
    v->authority_percent = spoken > 0 ? share.ms[SIDE_AUTHORITY] * 100 / spoken : 0;
    v->people_percent = spoken > 0 ? 100 - v->authority_percent : 0;
    // Whole seconds taken off one running sum, so that what is shown adds up too.
    const int64_t people_s = share.ms[SIDE_PEOPLE] / 1000, spoken_s = spoken / 1000;
    const int64_t elapsed_s = share.elapsed_ms / 1000;
    v->people_seconds = people_s;
    v->authority_seconds = spoken_s - people_s;
    v->people_time = minutes_text(r->arena, people_s * 1000);
    v->authority_time = minutes_text(r->arena, (spoken_s - people_s) * 1000);
    v->none_time = minutes_text(r->arena, (elapsed_s - spoken_s) * 1000);
    v->elapsed_time = minutes_text(r->arena, elapsed_s * 1000);
    v->over_budget = hall_over_budget(hall, &share);
}

static enum status fill_steps(const struct hall_read *r, const struct hall *hall,
                              struct hall_view *v)
{
    struct agenda agenda = {0};
    enum status status = store_agenda(r->sql, r->unit, v->dialogue, r->arena, &agenda);
    v->steps = arena_array(r->arena, struct hall_step_view, (size_t)agenda.count + 1);
    for (int i = 0; status == STATUS_OK && i < agenda.count; i++) {
        const struct agenda_item *a = &agenda.rows[i];
        int64_t ms = hall_step_ms(hall, a->step, r->now_ms);
        v->steps[v->step_count++] = (struct hall_step_view){.step = a->step,
                                                            .title = a->title,
                                                            .owner = a->owner,
                                                            .minutes = a->minutes,
                                                            .spent = ms / MINUTE_MS,
                                                            .now = a->step == hall->step,
                                                            .over = ms > a->minutes * MINUTE_MS};
        if (a->step == hall->step + 1) v->next_step = a->step;
    }
    return status;
}

/// What became of it, in words for a hall full of people.
static const char *state_words(enum lang lang, enum opinion_state state)
{
    return state == OPINION_OWED ? tr(lang, "sẽ trả lời sau")
                                 : label_of(lang, &opinion_states, (int)state);
}

static const char *outcome_of(const struct hall_read *r, const struct opinion *o)
{
    char day[FORMAT_TEXT];
    if (o->state == OPINION_OWED && o->due_legal != DAY_NONE && *o->responsible != 0)
        return arena_printf(r->arena, "%s %s %s", person_shown(&r->facts->people, o->responsible),
                            tr(r->lang, "trả lời chậm nhất"),
                            format_day(r->lang, o->due_legal, day));
    return state_words(r->lang, o->state);
}

/// As everybody may read it; NULL when there is none, or nobody may any more.
static enum status read_opinion(const struct hall_read *r, const struct dialogue *d, int64_t id,
                                struct hall_opinion_view **ret_view)
{
    enum { PHONE_CHARS = 500 };
    static const struct actor anyone = {.kind = ACTOR_PUBLIC};
    static const struct params none;
    struct opinion *o = arena_new(r->arena, struct opinion);
    struct opinion_items items;
    *ret_view = NULL;
    if (id == 0) return STATUS_OK;
    enum status status = store_opinion_load(r->sql, r->unit, id, r->arena, o);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !opinion_is_public(o)))
        return STATUS_OK; // sealed or taken back since: nothing of it any more
    if (status == STATUS_OK) status = store_opinion_items(r->sql, r->unit, id, r->arena, &items);
    if (status != STATUS_OK) return status;
    struct dialogue *own = arena_new(r->arena, struct dialogue);
    *own = *d;
    struct opinion_case c = {.arena = r->arena,
                             .now_ms = r->now_ms,
                             .today = instant_day(r->now_ms),
                             .calendar = &r->facts->calendar,
                             .people = &r->facts->people,
                             .dialogue = own,
                             .actor = &anyone,
                             .params = &none,
                             .opinion = o,
                             .items = items.list,
                             .item_count = items.count};
    struct opinion_view view = opinion_view_of(&c, r->facts, r->lang);
    const struct opinion_item *answer = opinion_last_item(&c, ITEM_ANSWER, ITEM_DONE);
    *ret_view = arena_new(r->arena, struct hall_opinion_view);
    **ret_view = (struct hall_opinion_view){
        .number = arena_strdup(r->arena, view.number),
        .content = view.content,
        .author = view.author,
        .field = view.field,
        .answer = answer != NULL ? answer->text : NULL,
        .answered_by = answer != NULL ? person_shown(&r->facts->people, answer->person) : NULL,
        .outcome = outcome_of(r, o),
        .state = state_words(r->lang, o->state),
        .path = view.path,
        .excerpt = page_excerpt(r->arena, view.content, PHONE_CHARS),
        .answer_excerpt =
            answer != NULL ? page_excerpt(r->arena, answer->text, PHONE_CHARS) : NULL};
    return STATUS_OK;
}

/// Adds those of the dialogue in that state to the list.
static enum status add_state(const struct hall_read *r, const struct dialogue *d,
                             enum opinion_state state, struct opinion **list, int *count)
{
    struct opinion_filter filter = {
        .dialogue = d->id, .state = (int)state, .field = -1, .khom = -1, .relayed_only = true};
    for (struct opinion_rows rows = {.more = true}; rows.more;) {
        enum status status = store_opinion_list(r->sql, r->unit, &filter, r->arena, &rows);
        if (status != STATUS_OK) return status;
        struct opinion *more =
            arena_array(r->arena, struct opinion, (size_t)(*count + rows.count + 1));
        for (int i = 0; i < *count + rows.count; i++)
            more[i] = i < *count ? (*list)[i] : rows.rows[i - *count];
        *list = more;
        *count += rows.count;
        if (rows.more) filter.after = rows.rows[rows.count - 1].id;
    }
    return STATUS_OK;
}

/// What is talked about now; else what the screen shows.
static enum status fill_table(const struct hall_read *r, const struct dialogue *d,
                              const struct hall *hall, struct hall_view *v)
{
    struct opinion *list = NULL;
    int count = 0;
    enum status status = add_state(r, d, OPINION_ON_FLOOR, &list, &count);
    if (status == STATUS_OK && hall->turn != 0) // answered within the turn that goes on
        status = add_state(r, d, OPINION_ANSWERED, &list, &count);
    if (status != STATUS_OK) return status;
    const struct opinion *o = hall_on_table(hall, list, count);
    bool shown = hall->scene == SCENE_QUESTION || hall->scene == SCENE_ANSWER;
    return read_opinion(r, d, o != NULL ? o->id : shown ? hall->scene_opinion : 0, &v->table);
}

static enum status fill_figures(const struct hall_read *r, struct hall_view *v)
{
    struct opinion_filter filter = {
        .dialogue = v->dialogue, .state = -1, .field = -1, .khom = -1, .relayed_only = true};
    for (;;) {
        struct opinion_rows rows;
        enum status status = store_opinion_list(r->sql, r->unit, &filter, r->arena, &rows);
        if (status != STATUS_OK) return status;
        for (int i = 0; i < rows.count; i++) {
            if (!opinion_is_public(&rows.rows[i])) continue;
            enum opinion_state state = rows.rows[i].state;
            v->asked++;
            v->answered += state == OPINION_ANSWERED || state == OPINION_CONCLUDED;
            v->owed += state == OPINION_OWED || state == OPINION_REFERRED;
        }
        if (!rows.more) return STATUS_OK;
        filter.after = rows.rows[rows.count - 1].id;
    }
}

enum status hall_view_read(const struct hall_read *r, const struct dialogue *d, struct hall_view *v,
                           struct hall *ret_hall)
{
    struct hall *hall = ret_hall != NULL ? ret_hall : arena_new(r->arena, struct hall);
    enum status status = store_hall_load(r->sql, r->unit, d->id, r->arena, hall);
    if (status != STATUS_OK) return status;
    if (r->change != NULL) r->change(r->change_arg, hall);
    *v = (struct hall_view){
        .dialogue = d->id,
        .version = hall->version,
        .title = d->title,
        .place = d->place,
        .ward = unit_setting(r->facts, "unit_name"),
        .wifi = unit_setting(r->facts, "hall_wifi"),
        .open = d->state == DIALOGUE_OPEN,
        .live = d->state == DIALOGUE_OPEN || d->state == DIALOGUE_ADJOURNED,
        .announced = d->state == DIALOGUE_ANNOUNCED,
        .adjourned = d->state == DIALOGUE_ADJOURNED,
        .closed = d->state == DIALOGUE_CLOSED && d->minutes_chair_ms == 0,
        .list_closed = hall->list_closed,
        .first_time = hall->first_time,
        .round_robin = hall->round_robin,
        .topic = topic_label(r->lang, hall->topic),
        .topic_code = hall->topic,
        .can_undo = hall->undo_action >= 0,
        .scene = hall->scene,
        .scene_text = hall->scene_text,
    };
    fill_queue(r, hall, v);
    if (r->secretary) fill_unread(r, hall, v);
    fill_speaker(r, hall, v);
    fill_share(r, hall, v);
    status = fill_steps(r, hall, v);
    if (status == STATUS_OK && hall->scene == SCENE_FIGURES) status = fill_figures(r, v);
    if (status == STATUS_OK) status = read_opinion(r, d, hall->scene_opinion, &v->opinion);
    return status == STATUS_OK && r->table ? fill_table(r, d, hall, v) : status;
}
