// SPDX-License-Identifier: AGPL-3.0-or-later
// The ward of the scenes.
#include "scene.h"

#include <stdlib.h>

#include "actions/verify.h"
#include "base/day.h"

#define FIELD(name) (UINT32_C(1) << FIELD_##name)

static const struct person PEOPLE[] = {
    {.username = "chutich", .name = "A", .title = "", .roles = WHO(ROLE_CHAIR), .active = true},
    {.username = "phochutich", .name = "B", .title = "", .active = true},
    {.username = "vanphong",
     .name = "C",
     .title = "",
     .roles = WHO(ROLE_OFFICE),
     .fields = FIELD(OTHER) | FIELD(CONDUCT),
     .active = true},
    {.username = "thuky", .name = "D", .title = "", .roles = WHO(ROLE_SECRETARY), .active = true},
    {.username = "diachinh",
     .name = "E",
     .title = "",
     .roles = WHO(ROLE_SPECIALIST),
     .fields = FIELD(CONSTRUCTION) | FIELD(URBAN),
     .active = true},
    {.username = "congan",
     .name = "G",
     .title = "",
     .roles = WHO(ROLE_SPECIALIST),
     .fields = FIELD(SECURITY),
     .active = true},
    {.username = "vanthu", .name = "T", .title = "", .roles = WHO(ROLE_ARCHIVIST), .active = true},
    {.username = "hdnd", .name = "P", .title = "", .roles = WHO(ROLE_OVERSIGHT), .active = true},
    {.username = "khom1",
     .name = "K",
     .title = "",
     .roles = WHO(ROLE_KHOM),
     .khom = 1,
     .active = true},
    {.username = "khom2",
     .name = "L",
     .title = "",
     .roles = WHO(ROLE_KHOM),
     .khom = 2,
     .active = true},
    {.username = "danguy", .name = "V", .title = "", .roles = WHO(ROLE_PARTY), .active = true},
    {.username = "baomat1", .name = "U", .title = "", .roles = WHO(ROLE_CUSTODIAN), .active = true},
};

int32_t on(int month, int day)
{
    return day_of_civil(2024, month, day);
}

void at(struct scene *scene, int month, int day, int hour, int minute)
{
    scene->app.clock = clock_starting_at(instant_at(on(month, day), hour, minute));
}

static void must(struct scene *scene, const struct deed *deed)
{
    enum refusal_code code = scene_dialogue(scene, deed);
    if (code == REFUSAL_NONE) return;
    printf("# the scene can't be set: action %d: %s\n", deed->action, refusal_rows[code].code);
    abort();
}

static void create(struct scene *scene)
{
    struct act *act = act_new(&scene->app, scene->unit);
    act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = "vanphong"};
    act->run = run_dialogue_create;
    struct param_value *p = act->params.at;
    p[PARAM_TITLE] = (struct param_value){.given = true, .text = "Đối thoại"};
    p[PARAM_PLACE] = (struct param_value){.given = true, .text = "Hội trường"};
    p[PARAM_PLANNED] = (struct param_value){.given = true, .text = "2024-06"};
    p[PARAM_YEAR] = p[PARAM_PROFILE] = (struct param_value){.given = true, .number = 2024};
    p[PARAM_SEATS] = (struct param_value){.given = true, .number = 80};
    enum status status = act_do(act);
    ensure(status == STATUS_OK && act->refusal.code == REFUSAL_NONE);
    scene->dialogue = act->answer.id;
    act_free(act);
}

#define MUST(who_, action_, ...) \
    must(scene, &(struct deed){.who = (who_), .action = (action_), ##__VA_ARGS__})

static void announce(struct scene *scene)
{
    static const struct {
        enum role role;
        const char *username;
    } seats[] = {{ROLE_CHAIR, "chutich"}, {ROLE_DEPUTY, "phochutich"}, {ROLE_SECRETARY, "thuky"}};
    for (size_t i = 0; i < ARRAY_LEN(seats); i++)
        MUST("vanphong", DACT_APPOINT,
             .with = {{PARAM_ROLE, .number = (int64_t)seats[i].role},
                      {PARAM_USERNAME, .text = seats[i].username}});
    MUST("chutich", DACT_APPROVE);
    MUST("vanthu", DACT_ISSUE, .with = {{PARAM_DATE, .number = on(6, 3)}});
    at(scene, 6, 4, 8, 0);
    MUST("vanphong", DACT_ANNOUNCE,
         .with = {{PARAM_STARTS_AT, .number = instant_at(on(6, 20), 8, 0)},
                  {PARAM_OPINIONS_FROM, .number = instant_at(on(6, 4), 8, 0)},
                  {PARAM_OPINIONS_UNTIL, .number = instant_at(on(6, 18), 17, 0)}});
}

struct scene *scene_new(struct store *store)
{
    struct scene *scene = calloc(1, sizeof(*scene));
    static const unsigned char master[KEY_BYTES] = {1, 2, 3};
    struct account accounts[ARRAY_LEN(PEOPLE)];
    ensure(scene != NULL);
    digest_start();
    scene->unit = 1;
    app_init(&scene->app, store, clock_starting_at(instant_at(on(6, 3), 8, 0)), master);
    for (size_t i = 0; i < ARRAY_LEN(PEOPLE); i++)
        accounts[i] = (struct account){PEOPLE[i], "no one signs in here", 1};
    struct setup setup = {.admin_password = "no one signs in here",
                          .accounts = accounts,
                          .account_count = (int)ARRAY_LEN(PEOPLE)};
    enum status status = setup_unit(&scene->app, scene->unit, &setup);
    ensure(status == STATUS_OK);
    create(scene);
    announce(scene);
    return scene;
}

void scene_free(struct scene *scene)
{
    app_done(&scene->app);
    arena_done(&scene->arena);
    free(scene);
}

// ---- acting

static struct caller caller_of(struct scene *scene, const char *who, int64_t about)
{
    struct caller caller = {.kind = ACTOR_PUBLIC};
    if (strcmp(who, "author") == 0) {
        caller.kind = ACTOR_AUTHOR;
        receipt_hash(&scene->app.keys, scene->unit, scene->receipts[about % SCENE_OPINIONS],
                     caller.receipt_hash);
    } else if (strcmp(who, "public") != 0) {
        caller.kind = ACTOR_ACCOUNT;
        caller.username = who;
    }
    return caller;
}

static void fill_parts(struct act *act, const char *text, struct param_value *value)
{
    struct part *parts = arena_array(&act->input, struct part, SCENE_PARTS);
    while (*text != 0 && value->count < SCENE_PARTS) {
        size_t len = strcspn(text, "|");
        parts[value->count++] = (struct part){arena_strndup(&act->input, text, len), -1};
        text += len + (text[len] != 0);
    }
    value->parts = parts;
}

static void fill_params(struct act *act, const struct deed *deed)
{
    for (int i = 0; i < SCENE_PARAMS; i++) {
        const struct scene_param *from = &deed->with[i];
        if (from->id == PARAM_TEXT && from->text == NULL) break;
        struct param_value *value = &act->params.at[from->id];
        *value = (struct param_value){.given = true, .number = from->number, .text = from->text};
        if (param_rows[from->id].type == PARAM_TYPE_PARTS) fill_parts(act, from->text, value);
        if (param_rows[from->id].type != PARAM_TYPE_LINES) continue;
        const char **line = arena_new(&act->input, const char *);
        *line = from->text;
        value->text = NULL;
        value->lines = line;
        value->count = 1;
    }
}

static enum refusal_code run(struct scene *scene, const struct deed *deed, struct act *act)
{
    act->caller = caller_of(scene, deed->who, deed->about);
    act->action = deed->action;
    act->behalf = deed->behalf;
    if (deed->proof != NULL) act->proof = (struct proof){true, deed->proof_kind, deed->proof, ""};
    enum status status = act_do(act);
    ensure(status == STATUS_OK);
    enum refusal_code code = act->refusal.code;
    if (code == REFUSAL_NONE) {
        scene->entry = act->answer.entry;
        scene->number_count = act->answer.number_count;
        scene->numbers = arena_memdup(&scene->arena, act->answer.numbers,
                                      (size_t)act->answer.number_count * sizeof(int64_t));
        for (int i = 0; i < act->answer.number_count; i++) // one receipt opens all parts
            memcpy(scene->receipts[act->answer.numbers[i] % SCENE_OPINIONS],
                   scene->receipts[deed->about % SCENE_OPINIONS], RECEIPT_SIZE);
        if (act->answer.about_opinion && act->answer.receipt[0] != 0)
            memcpy(scene->receipts[act->answer.id % SCENE_OPINIONS], act->answer.receipt,
                   RECEIPT_SIZE);
    }
    act_free(act);
    return code;
}

enum refusal_code scene_do(struct scene *scene, const struct deed *deed)
{
    struct act *act = act_new(&scene->app, scene->unit);
    act->run = run_opinion_action;
    act->target = deed->about;
    fill_params(act, deed);
    return run(scene, deed, act);
}

enum refusal_code scene_dialogue(struct scene *scene, const struct deed *deed)
{
    struct act *act = act_new(&scene->app, scene->unit);
    act->run = run_dialogue_action;
    act->target = scene->dialogue;
    fill_params(act, deed);
    return run(scene, deed, act);
}

struct submission submission_of(enum channel channel, enum field field, const char *content)
{
    return (struct submission){.content = content,
                               .kind = -1,
                               .field = (int)field,
                               .channel = (int)channel,
                               .wants = -1,
                               .reply_by = -1,
                               .author_type = AUTHOR_RESIDENT};
}

int64_t scene_submit(struct scene *scene, const char *who, const struct submission *s)
{
    struct act *act = act_new(&scene->app, scene->unit);
    act->run = run_opinion_submit;
    act->target = scene->dialogue;
    act->submission = *s;
    act->caller = caller_of(scene, who, 0);
    enum status status = act_do(act);
    ensure(status == STATUS_OK);
    int64_t number = act->refusal.code == REFUSAL_NONE ? act->answer.id : 0;
    if (number != 0) {
        memcpy(scene->receipts[number % SCENE_OPINIONS], act->answer.receipt, RECEIPT_SIZE);
        scene->entry = act->answer.entry;
    }
    act_free(act);
    return number;
}

int64_t scene_relayed(struct scene *scene, enum field field, const char *content)
{
    struct submission s = submission_of(CHANNEL_SLIP, field, content);
    int64_t number = scene_submit(scene, "thuky", &s);
    ensure(number != 0);
    enum refusal_code code = DO(scene, "thuky", ACT_RELAY, number);
    ensure(code == REFUSAL_NONE);
    return number;
}

void scene_open(struct scene *scene)
{
    at(scene, 6, 20, 8, 0);
    MUST("chutich", DACT_OPEN);
}

void scene_close(struct scene *scene)
{
    at(scene, 6, 20, 11, 0);
    MUST("chutich", DACT_CLOSE);
}

void scene_timer(struct scene *scene)
{
    struct act *act = act_new(&scene->app, scene->unit);
    act->run = run_lapse;
    enum status status = act_do(act);
    ensure(status == STATUS_OK);
    act_free(act);
}

// ---- reading back

struct opinion opinion_now(struct scene *scene, int64_t number)
{
    struct opinion o;
    STORE_READ ro = NULL;
    ensure(store_read_begin(scene->app.store, &ro) == STATUS_OK);
    ensure(store_opinion_load(store_ro_sql(ro), scene->unit, number, &scene->arena, &o) ==
           STATUS_OK);
    return o;
}

static struct opinion_items items_of(struct scene *scene, int64_t number)
{
    struct opinion_items items;
    STORE_READ ro = NULL;
    ensure(store_read_begin(scene->app.store, &ro) == STATUS_OK);
    ensure(store_opinion_items(store_ro_sql(ro), scene->unit, number, &scene->arena, &items) ==
           STATUS_OK);
    return items;
}

const struct opinion_item *last_item(struct scene *scene, int64_t number, enum item_kind kind)
{
    struct opinion_items items = items_of(scene, number);
    for (int i = items.count - 1; i >= 0; i--)
        if (items.list[i].kind == kind) return &items.list[i];
    static const struct opinion_item none = {.text = "", .person = "", .body = ""};
    return &none;
}

int count_items(struct scene *scene, int64_t number, enum item_kind kind)
{
    struct opinion_items items = items_of(scene, number);
    int count = 0;
    for (int i = 0; i < items.count; i++)
        count += items.list[i].kind == kind;
    return count;
}

struct entry last_entry(struct scene *scene, int64_t number, enum chain chain, int *ret_count)
{
    char text[OPINION_NUMBER_TEXT];
    struct entry_list entries;
    STORE_READ ro = NULL;
    ensure(store_read_begin(scene->app.store, &ro) == STATUS_OK);
    const char *subject =
        arena_printf(&scene->arena, "opinion %s", opinion_number_format(number, text));
    ensure(store_register_of(store_ro_sql(ro), scene->unit, chain, subject, &scene->arena,
                             &entries) == STATUS_OK);
    if (ret_count != NULL) *ret_count = entries.count;
    return entries.count > 0 ? entries.rows[entries.count - 1] : (struct entry){.action = ""};
}

bool is_indexed(struct scene *scene, int64_t number)
{
    bool indexed = false;
    STORE_READ ro = NULL;
    ensure(store_read_begin(scene->app.store, &ro) == STATUS_OK);
    ensure(store_opinion_is_indexed(store_ro_sql(ro), scene->unit, number, &indexed) == STATUS_OK);
    return indexed;
}

bool can_see(struct scene *scene, const char *who, int64_t number)
{
    struct opinion o = opinion_now(scene, number);
    if (strcmp(who, "public") == 0) return opinion_is_public(&o); // acting, it is told to sign in
    // Nothing that anybody may do is asked here: only whether it answers 404 or something else.
    return DO(scene, who, ACT_LAPSE, number) != REFUSAL_NOT_FOUND;
}

void check_sound(struct scene *scene)
{
    struct verify_report report = {0};
    STORE_READ ro = NULL;
    ensure(store_read_begin(scene->app.store, &ro) == STATUS_OK);
    check_int(verify_unit(&scene->app, store_ro_sql(ro), scene->unit, &report), STATUS_OK);
    if (!report.sound) printf("# %s\n", report.what);
    check(report.sound);
}
