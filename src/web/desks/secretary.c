// SPDX-License-Identifier: AGPL-3.0-or-later
// The secretary's desk: one box to take in what is said, one opinion worked on by keys, the lists.
// A live change fetches the board alone; the box and what is being typed stay as they are.
#include "web/desks/secretary.h"
#include "web/desks/handlers.h"
#include "web/desks/secretary.html.h"

#include <string.h>

#include "web/form_input.h"

// ---- the box

static const struct choice *channel_buttons(struct desk *d, size_t *ret_count)
{
    static const enum channel spoken_first[] = {CHANNEL_SPOKEN, CHANNEL_SLIP, CHANNEL_PHONE};
    static const enum channel slip_first[] = {CHANNEL_SLIP, CHANNEL_PHONE, CHANNEL_SPOKEN};
    static const char *const labels[CHANNEL_COUNT] = {
        [CHANNEL_SPOKEN] = N_("Ghi: phát biểu"),
        [CHANNEL_SLIP] = N_("Ghi: phiếu giấy"),
        [CHANNEL_ONLINE] = "",
        [CHANNEL_KHOM] = "",
        [CHANNEL_PHONE] = N_("Ghi: điện thoại"),
    };
    const enum channel *order = d->dialogue.state == DIALOGUE_OPEN ? spoken_first : slip_first;
    struct choice *rows = arena_array(d->arena, struct choice, ARRAY_LEN(spoken_first));
    for (size_t i = 0; i < ARRAY_LEN(spoken_first); i++)
        rows[i] = (struct choice){value_code(&channels, (int)order[i]),
                                  tr(d->t.lang, labels[order[i]]), NULL};
    *ret_count = ARRAY_LEN(spoken_first);
    return rows;
}

static struct field_view choice_field(struct desk *d, const char *name, const char *label,
                                      struct choice_list list, bool typed)
{
    return (struct field_view){.name = name,
                               .label = label,
                               .value = typed ? form_typed(d->x, name) : "",
                               .choices = list.rows,
                               .choice_count = list.count};
}

void intake_begin(struct desk *d, bool typed, struct intake_view *v)
{
    const char *none = tr(d->t.lang, "Chưa rõ");
    enum lang lang = d->t.lang;
    *v = (struct intake_view){
        .path =
            arena_printf(d->arena, "/lam-viec/thu-ky/%lld/tiep-nhan", (long long)d->dialogue.id),
        .desk_path = arena_printf(d->arena, "/lam-viec/thu-ky/%lld", (long long)d->dialogue.id),
        .content = typed ? form_typed(d->x, "content") : "",
        .name = typed ? form_typed(d->x, "name") : "",
        .organisation = typed ? form_typed(d->x, "organisation") : "",
        .phone = typed ? form_typed(d->x, "phone") : "",
        .khom = choice_field(d, "khom", tr(lang, "Địa bàn"),
                             choices_of_khoms(d->arena, d->visit->facts, none), typed),
        .field = choice_field(d, "field", tr(lang, "Lĩnh vực"),
                              choices_of(d->arena, lang, &fields, none), typed),
        .author_type = choice_field(d, "author_type", tr(lang, "Người gửi"),
                                    choices_of(d->arena, lang, &author_types, NULL), typed),
    };
    v->channels = channel_buttons(d, &v->channel_count);
    enum intake intake = dialogue_intake(&d->dialogue, d->visit->now_ms);
    v->closed = intake == INTAKE_NOT_YET || intake == INTAKE_ENDED;
}

/// The control below the text that a refusal is about; NULL: the text, or none.
static const char *control_of(const char *field)
{
    if (field == NULL || strcmp(field, "content") == 0) return NULL;
    if (strcmp(field, "author.type") == 0) return "author_type";
    return strncmp(field, "author.", 7) == 0 ? field + 7 : field;
}

static enum http_next show_intake(struct http_exchange *x, const struct act *act)
{
    struct desk d;
    enum http_next next;
    STORE_READ ro = NULL;
    desk_begin(x, &d);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = desk_open(&d, store_ro_sql(ro), act->target);
    if (status != STATUS_OK) return page_failed(x, status);
    bool refused = act->refusal.code != REFUSAL_NONE;
    struct intake_view v;
    intake_begin(&d, refused, &v);
    if (refused) {
        v.error = refusal_title(d.t.lang, act->refusal);
        v.error_advice = refusal_advice(d.t.lang, act->refusal);
        v.error_at = control_of(act->refusal.field);
        http_status(x, refusal_rows[act->refusal.code].http_status);
    } else {
        char number[OPINION_NUMBER_TEXT];
        v.number = arena_strdup(d.arena, opinion_number_format(act->answer.id, number));
        v.receipt = arena_strdup(d.arena, act->answer.receipt);
        v.on_floor = act->answer.state == OPINION_ON_FLOOR;
        http_set_header(x, "Cache-Control", "no-store");
    }
    desk_title(&d, tr(d.t.lang, "Ghi nhận ý kiến"));
    if (d.t.fragment)
        tpl_intake(&d.t, &v);
    else
        tpl_intake_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

static void answer_intake(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code == REFUSAL_NOT_FOUND) {
        http_error(x, 404);
        return;
    }
    show_intake(x, act);
}

/// Whether the visitor is this dialogue's secretary; else the answer is made.
static bool is_secretary(struct http_exchange *x, int64_t id, enum http_next *ret_next)
{
    struct desk d = {.x = x, .visit = visit_of(x), .arena = http_arena(x)};
    STORE_READ ro = NULL;
    if (!visit_read(x, &ro, ret_next)) return false;
    enum status status = desk_open(&d, store_ro_sql(ro), id);
    if (status != STATUS_OK) return *ret_next = page_failed(x, status), false;
    if (d.roles & WHO(ROLE_SECRETARY)) return true;
    return *ret_next = desk_forbidden(x), false;
}

enum http_next post_intake(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    enum http_next next;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    if (!is_secretary(x, id, &next)) return next;
    struct act *act = visit_act(x);
    act->run = run_opinion_submit;
    act->target = id;
    form_read_submission(x, act);
    if (act->submission.author_type < 0) act->submission.author_type = AUTHOR_RESIDENT;
    return visit_submit(x, act, answer_intake);
}

// ---- the board

static enum status read_lists(struct desk *d, struct sql *sql, struct secretary_view *v)
{
    const struct {
        enum opinion_state state;
        struct desk_list *list;
    } lists[] = {{OPINION_RECEIVED, &v->received},
                 {OPINION_ON_FLOOR, &v->floor},
                 {OPINION_RELAYED, &v->relayed},
                 {OPINION_ANSWERED, &v->answered},
                 {OPINION_OWED, &v->owed}};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_LEN(lists); i++)
        status = desk_list_read(d, sql, (int)lists[i].state, v->path, lists[i].list);
    return status;
}

/// The one asked for; else the last that came to the floor; else the first that waits.
static int64_t pick(struct desk *d, const struct secretary_view *v)
{
    int64_t id;
    const char *asked = http_query(d->x, "y");
    if (asked != NULL && opinion_number_parse(asked, &id)) return id;
    if (v->floor.count > 0) return v->floor.rows[v->floor.count - 1].view.id;
    return v->received.count > 0 ? v->received.rows[0].view.id : 0;
}

static enum status read_worked_on(struct desk *d, struct sql *sql, struct secretary_view *v)
{
    struct opinion *o = arena_new(d->arena, struct opinion);
    struct dialogue *dialogue = arena_new(d->arena, struct dialogue);
    struct opinion_case c;
    int64_t id = pick(d, v);
    if (id == 0) return STATUS_OK;
    enum status status = read_opinion_case(d->x, sql, id, dialogue, o, &c);
    if (status == STATUS_NOT_FOUND) return STATUS_OK; // sealed meanwhile
    if (status != STATUS_OK || dialogue->id != d->dialogue.id) return status;
    secretary_worked_on(d, &c, v->board_path, &v->now);
    return STATUS_OK;
}

static void relay_buttons(struct desk *d, struct secretary_view *v)
{
    const struct action_preset fixed[] = {{PARAM_FIELD, "", true}, {PARAM_TOPIC, "", true}};
    v->relays = arena_array(d->arena, struct action_form *, v->received.count + 1);
    for (size_t i = 0; i < v->received.count; i++) {
        struct opinion o = {.id = v->received.rows[i].view.id,
                            .version = v->received.rows[i].view.version};
        struct action_form *form =
            desk_form_of(d, &o,
                         &(struct desk_form){.action = ACT_RELAY,
                                             .back = v->path,
                                             .presets = fixed,
                                             .preset_count = ARRAY_LEN(fixed)});
        form->id = arena_printf(d->arena, "nhanh-%s", form->id);
        form->boosted = true;
        v->relays[i] = form;
    }
}

static void dialogue_links(struct desk *d, struct secretary_view *v)
{
    static const enum dialogue_action acts[] = {DACT_OPEN, DACT_ADJOURN, DACT_RESUME, DACT_CLOSE,
                                                DACT_REOPEN};
    v->dialogue_links = arena_array(d->arena, struct desk_link, ARRAY_LEN(acts) + 1);
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        if (!desk_dialogue_can(d, acts[i], BEHALF_CHAIR)) continue;
        v->dialogue_links[v->dialogue_link_count++] = (struct desk_link){
            .path = arena_printf(d->arena, "/lam-viec/doi-thoai/%lld/%s?thay=chair&back=%s",
                                 (long long)d->dialogue.id, dialogue_rules[acts[i]].code, v->path),
            .label = tr(d->t.lang, dialogue_rules[acts[i]].label)};
    }
    v->dialogue_links[v->dialogue_link_count++] = (struct desk_link){
        .path = arena_printf(d->arena, "/lam-viec/bien-ban/%lld", (long long)d->dialogue.id),
        .label = tr(d->t.lang, "Biên bản")};
}

enum http_next get_secretary(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    int64_t id;
    enum http_next next;
    STORE_READ ro = NULL;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    const char *events = desk_events(x, id);
    desk_begin(x, &d);
    if (!visit_read(x, &ro, &next)) return next;
    struct sql *sql = store_ro_sql(ro);
    enum status status = desk_open(&d, sql, id);
    if (status != STATUS_OK) return page_failed(x, status);
    d.page.events = events;
    if (!(d.roles & WHO(ROLE_SECRETARY))) return desk_forbidden(x);
    const char *asked = http_query(x, "y");
    int64_t picked;
    struct secretary_view v = {.path =
                                   arena_printf(d.arena, "/lam-viec/thu-ky/%lld", (long long)id),
                               .title = d.dialogue.title,
                               .state = dialogue_tag(d.t.lang, d.dialogue.state)};
    bool has_pick = asked != NULL && opinion_number_parse(asked, &picked);
    v.board_path = desk_board_path(&d, v.path, has_pick ? asked : NULL);
    status = read_lists(&d, sql, &v);
    if (status == STATUS_OK) status = read_worked_on(&d, sql, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    relay_buttons(&d, &v);
    dialogue_links(&d, &v);
    desk_title(&d, tr(d.t.lang, "Bàn thư ký"));
    if (d.t.fragment) {
        tpl_secretary_board(&d.t, &v);
        return HTTP_DONE;
    }
    intake_begin(&d, false, &v.intake);
    tpl_secretary_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}
