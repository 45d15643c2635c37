// SPDX-License-Identifier: AGPL-3.0-or-later
// A morning in the live hall, on both engines: phones join, hands go up, turns are called, notes
// and facts are written; verify holds it all against the register and names what was changed.
#include "scene.h"

#include "actions/hall.h"
#include "actions/verify.h"

typedef enum status run_fn(struct act *act, struct store_tx *tx);

/// One act in the hall. `ticket` 0: the account `who`, or nobody when that is NULL.
struct move {
    const char *who;
    int64_t ticket, of; // `of`: the ticket's dialogue when it is another
    run_fn *run;
    int action;
    void *extra;
    enum on_behalf behalf;
    int64_t stale; // an if_version that is not the hall's, 0 none
    struct scene_param with[SCENE_PARAMS];
    // came out
    int64_t id, entry;
    int state;
    char token[64];
};

static int hall_do(struct scene *s, struct move *m)
{
    struct act *act = act_new(&s->app, s->unit);
    act->caller = (struct caller){.kind = ACTOR_PUBLIC};
    if (m->who != NULL) act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = m->who};
    if (m->ticket != 0)
        act->caller = (struct caller){.kind = ACTOR_TICKET,
                                      .ticket = m->ticket,
                                      .ticket_dialogue = m->of != 0 ? m->of : s->dialogue};
    act->run = m->run != NULL ? m->run : run_hall_action;
    act->action = m->action;
    act->target = s->dialogue;
    act->extra = m->extra;
    act->behalf = m->behalf;
    if (m->stale != 0) act->if_version = m->stale;
    for (int i = 0; i < SCENE_PARAMS; i++) {
        const struct scene_param *p = &m->with[i];
        if (p->id == PARAM_TEXT && p->text == NULL) break;
        act->params.at[p->id] =
            (struct param_value){.given = true, .number = p->number, .text = p->text};
    }
    check_int(act_do(act), STATUS_OK);
    int code = (int)act->refusal.code;
    m->id = act->answer.id;
    m->entry = act->answer.entry;
    m->state = act->answer.state;
    snprintf(m->token, sizeof(m->token), "%s", act->answer.token != NULL ? act->answer.token : "");
    act_free(act);
    return code;
}
#define HALL(s, who_, action_, ...) \
    hall_do(s, &(struct move){.who = (who_), .action = (action_), ##__VA_ARGS__})
#define PHONE(s, ticket_, action_, ...) \
    hall_do(s, &(struct move){.ticket = (ticket_), .action = (action_), ##__VA_ARGS__})

static struct sql *reading(struct scene *s, struct store_ro **ret_ro)
{
    ensure(store_read_begin(s->app.store, ret_ro) == STATUS_OK);
    return store_ro_sql(*ret_ro);
}

static struct hall hall_now(struct scene *s)
{
    STORE_READ ro = NULL;
    struct hall hall;
    struct sql *sql = reading(s, &ro);
    ensure(store_hall_load(sql, s->unit, s->dialogue, &s->arena, &hall) == STATUS_OK);
    return hall;
}

static int64_t entries(struct scene *s)
{
    STORE_READ ro = NULL;
    struct unit_head head = {0};
    struct sql *sql = reading(s, &ro);
    ensure(store_head_read(sql, s->unit, &head) == STATUS_OK);
    return head.entry;
}

/// How many entries a subject has, and the last one's.
static int entries_of(struct scene *s, const char *subject, struct entry *ret_last)
{
    STORE_READ ro = NULL;
    struct entry_list list;
    struct sql *sql = reading(s, &ro);
    ensure(store_register_of(sql, s->unit, CHAIN_MAIN, subject, &s->arena, &list) == STATUS_OK);
    if (ret_last != NULL && list.count > 0) *ret_last = list.rows[list.count - 1];
    return list.count;
}

static int join_with(struct scene *s, const char *code, const char *name, int khom,
                     int64_t *ret_ticket)
{
    struct hall_joining j = {.code = code, .name = name, .khom = khom};
    struct move m = {.run = run_hall_join, .extra = &j};
    int refusal = hall_do(s, &m);
    if (ret_ticket != NULL) *ret_ticket = m.id;
    if (refusal == REFUSAL_NONE) check_int(strlen(m.token), 43);
    return refusal;
}

/// With the code that was on the screen so many minutes ago.
static int join(struct scene *s, int minutes_ago, const char *name, int khom, int64_t *ret_ticket)
{
    char code[JOIN_CODE_TEXT];
    int64_t then = clock_now_ms(&s->app.clock) - INT64_C(60000) * minutes_ago;
    hall_join_code(&s->app, s->unit, s->dialogue, then, code);
    return join_with(s, code, name, khom, ret_ticket);
}

STORE_TEST(a_phone_joins_with_the_code_of_the_last_ten_minutes)
{
    RULE("R60 R74");
    struct scene *s = scene_new(engine_store(engine));
    int64_t one = 0, two = 0;
    scene_open(s);
    at(s, 6, 20, 8, 30);
    int64_t before = entries(s);
    check_int(join_with(s, "", "A", 0, NULL), REFUSAL_REQUIRED);
    check_int(join_with(s, "SAIMA0", "A", 0, NULL), REFUSAL_INVALID); // no such letters
    check_int(join_with(s, "dài quá mức", "A", 0, NULL), REFUSAL_INVALID);
    check_int(join(s, 11, "A", 0, NULL), REFUSAL_INVALID); // off the screen too long
    check_int(join(s, -2, "A", 0, NULL), REFUSAL_INVALID); // not shown yet
    check_int(join(s, 0, "A", 60, NULL), REFUSAL_INVALID); // no such khóm
    check_int(entries(s), before);
    check_int(join(s, 9, "A", 1, &one), REFUSAL_NONE);
    check_int(join(s, 0, "", 0, &two), REFUSAL_NONE); // a name is nobody's duty
    check(one == 1 && two == 2);
    check_int(entries(s), before + 2);
    check_int(entries_of(s, "ticket 1-2", NULL), 1);
    char code[JOIN_CODE_TEXT], typed[16];
    hall_join_code(&s->app, s->unit, s->dialogue, clock_now_ms(&s->app.clock), code);
    snprintf(typed, sizeof(typed), "%.3s-%s ", code, code + 3); // as people type
    for (char *c = typed; *c != 0; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
    check_int(join_with(s, typed, "B", 0, NULL), REFUSAL_NONE);
    check_sound(s);
    scene_close(s);
    check_int(join(s, 0, "Muộn", 0, NULL), REFUSAL_WRONG_STATE);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(one_hand_per_phone_and_only_in_its_own_hall)
{
    RULE("R60 R63");
    struct scene *s = scene_new(engine_store(engine));
    int64_t phone = 0;
    scene_open(s);
    at(s, 6, 20, 8, 10);
    check_int(join(s, 0, "Bà Tư", 1, &phone), REFUSAL_NONE);
    check_int(HALL(s, NULL, HACT_HAND_UP), REFUSAL_UNAUTHENTICATED);
    check_int(PHONE(s, phone, HACT_HAND_UP, .of = 999), REFUSAL_FORBIDDEN);
    check_int(PHONE(s, phone, HACT_CALL_TURN), REFUSAL_FORBIDDEN);
    int64_t before = entries(s), version = hall_now(s).version;
    check_int(PHONE(s, phone, HACT_HAND_UP, .with = {{PARAM_OPINION, .number = 7}}),
              REFUSAL_INVALID); // no such opinion
    check_int(entries(s), before);
    struct move up = {.ticket = phone,
                      .action = HACT_HAND_UP,
                      .with = {{PARAM_NAME, .text = "Bà Tư"}, {PARAM_KHOM, .number = 1}}};
    check_int(hall_do(s, &up), REFUSAL_NONE);
    check(up.id == 1 && up.state == TURN_WAITING && up.entry != 0);
    check_int(PHONE(s, phone, HACT_HAND_UP), REFUSAL_WRONG_STATE);
    struct entry last = {0};
    int count = entries_of(s, "hall 1", &last);
    check_int(last.version, version + 1);
    check_int(count, version + 1); // one entry each act, none for a refusal
    check_text(last.action, "hand_up");
    check_int(last.role, ROLE_TICKET);
    // An unrelayed opinion is not to be found out by a phone, nor shown by the chair.
    struct submission slip = submission_of(CHANNEL_SLIP, FIELD_URBAN, "Chưa chuyển.");
    int64_t hidden = scene_submit(s, "thuky", &slip);
    check_int(PHONE(s, phone, HACT_HAND_DOWN), REFUSAL_NONE);
    check_int(PHONE(s, phone, HACT_HAND_UP, .with = {{PARAM_OPINION, .number = hidden}}),
              REFUSAL_INVALID);
    check_int(
        HALL(s, "chutich", HACT_SCENE,
             .with = {{PARAM_SCENE, .number = SCENE_QUESTION}, {PARAM_OPINION, .number = hidden}}),
        REFUSAL_WRONG_STATE);
    check_int(DO(s, "thuky", ACT_RELAY, hidden), REFUSAL_NONE);
    check_int(
        HALL(s, "chutich", HACT_SCENE,
             .with = {{PARAM_SCENE, .number = SCENE_QUESTION}, {PARAM_OPINION, .number = hidden}}),
        REFUSAL_NONE);
    check_int(HALL(s, "chutich", HACT_CLEAR_SCREEN, .stale = 1), REFUSAL_STALE);
    check_int(hall_now(s).scene, SCENE_QUESTION);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(a_phone_says_at_the_door_who_it_is_and_speaks_as_that)
{
    RULE("R63 R75");
    struct scene *s = scene_new(engine_store(engine));
    char code[JOIN_CODE_TEXT];
    scene_open(s);
    at(s, 6, 20, 8, 10);
    hall_join_code(&s->app, s->unit, s->dialogue, clock_now_ms(&s->app.clock), code);
    struct hall_joining j = {
        .code = code, .name = "Bà Tư", .khom = 2, .author_type = AUTHOR_BUSINESS};
    struct move m = {.run = run_hall_join, .extra = &j};
    int64_t before = entries(s);
    check_int(hall_do(s, &m), REFUSAL_REQUIRED); // for a business its name
    j.author_type = AUTHOR_ANONYMOUS;
    check_int(hall_do(s, &m), REFUSAL_INVALID);
    check_int(entries(s), before);
    j.author_type = AUTHOR_BUSINESS;
    j.organisation = "Lò gạch Tân Mỹ";
    check_int(hall_do(s, &m), REFUSAL_NONE);
    int64_t phone = m.id;
    check_int(PHONE(s, phone, HACT_HAND_UP), REFUSAL_NONE);
    struct hall hall = hall_now(s);
    const struct hall_turn *turn = hall_turn_of_ticket(&hall, phone);
    check_fatal(turn != NULL);
    check_int(turn->author_type, AUTHOR_BUSINESS);
    check_int(turn->khom, 2);
    check_text(turn->name, "Lò gạch Tân Mỹ");
    check_int(turn->name_state, TURN_NAME_WAITS);
    check_sound(s);
    check_int(HALL(s, "chutich", HACT_SHOW_NAME, .with = {{PARAM_TURN, .number = turn->turn}}),
              REFUSAL_FORBIDDEN);
    check_int(HALL(s, "thuky", HACT_SHOW_NAME, .with = {{PARAM_TURN, .number = turn->turn}}),
              REFUSAL_NONE);
    struct entry last = {0};
    entries_of(s, "hall 1", &last);
    check_text(last.action, "show_name");
    check_int(last.role, ROLE_SECRETARY);
    hall = hall_now(s);
    check_int(hall_turn_of_ticket(&hall, phone)->name_state, TURN_NAME_SHOWN);
    check_sound(s);
    scene_free(s);
}

/// Two phones' hands up, the first called, a pause, the authority answers, the end.
static void talk(struct scene *s)
{
    int64_t one = 0, two = 0;
    at(s, 6, 20, 8, 5);
    check_int(join(s, 0, "Bà Tư", 1, &one), REFUSAL_NONE);
    check_int(join(s, 0, "Ông Năm", 2, &two), REFUSAL_NONE);
    check_int(PHONE(s, one, HACT_HAND_UP, .with = {{PARAM_NAME, .text = "Bà Tư"}}), REFUSAL_NONE);
    check_int(PHONE(s, two, HACT_HAND_UP, .with = {{PARAM_NAME, .text = "Ông Năm"}}), REFUSAL_NONE);
    at(s, 6, 20, 8, 10);
    check_int(HALL(s, "thuky", HACT_CALL_TURN, .behalf = BEHALF_CHAIR), REFUSAL_NONE);
    at(s, 6, 20, 8, 12);
    check_int(HALL(s, "chutich", HACT_PAUSE_TURN), REFUSAL_NONE);
    at(s, 6, 20, 8, 13);
    check_int(HALL(s, "chutich", HACT_RESUME_TURN), REFUSAL_NONE);
    at(s, 6, 20, 8, 15);
    check_int(HALL(s, "thuky", HACT_SPEAK,
                   .with = {{PARAM_SIDE, .number = SIDE_PEOPLE}, {PARAM_TO, .text = "congan"}}),
              REFUSAL_INVALID); // an officer's words are not booked to the people
    check_int(HALL(s, "thuky", HACT_SPEAK,
                   .with = {{PARAM_SIDE, .number = SIDE_AUTHORITY}, {PARAM_TO, .text = "congan"}}),
              REFUSAL_NONE);
    at(s, 6, 20, 8, 20);
    check_int(HALL(s, "chutich", HACT_END_TURN), REFUSAL_NONE);
    check_int(HALL(s, "chutich", HACT_END_TURN), REFUSAL_WRONG_STATE);
}

/// To the minute: the clock of a scene runs while the test does.
static int64_t minutes(int64_t ms)
{
    return (ms + 30000) / 60000;
}

STORE_TEST(every_second_of_a_morning_is_booked_once)
{
    RULE("R62 R73");
    struct scene *s = scene_new(engine_store(engine));
    scene_open(s);
    talk(s);
    struct hall hall = hall_now(s);
    check_int(hall.turn, 0);
    check_int(hall.turns[0].state, TURN_DONE);
    check_int(hall.turns[1].state, TURN_WAITING);
    check_text(hall.turns[2].username, "congan");
    at(s, 6, 20, 9, 0);
    check_int(DIALOGUE(s, "chutich", DACT_ADJOURN,
                       .with = {{PARAM_RESUMES_AT, .number = instant_at(on(6, 20), 9, 30)}}),
              REFUSAL_NONE);
    check_int(HALL(s, "chutich", HACT_CALL_TURN), REFUSAL_WRONG_STATE);
    check_sound(s);
    at(s, 6, 20, 9, 30);
    check_int(DIALOGUE(s, "chutich", DACT_RESUME), REFUSAL_NONE);
    scene_close(s);
    hall = hall_now(s);
    struct hall_share share = hall_share(&hall, clock_now_ms(&s->app.clock));
    check_int(minutes(share.ms[SIDE_PEOPLE]), 4);
    check_int(minutes(share.ms[SIDE_AUTHORITY]), 5);
    check_int(minutes(share.elapsed_ms), 150); // 8:00 to 11:00 without the half hour
    check_int(share.ms[0] + share.ms[1] + share.ms[2], share.elapsed_ms);
    check(hall_over_budget(&hall, &share)); // 5 of 9 minutes are more than half
    check_int(hall.turns[1].state, TURN_LEFT);
    check_sound(s);
    at(s, 6, 20, 11, 10);
    check_int(DIALOGUE(s, "chutich", DACT_REOPEN, REASON("Bế mạc nhầm.")), REFUSAL_NONE);
    check_int(hall_now(s).turns[1].state, TURN_WAITING);
    check_int(HALL(s, "chutich", HACT_CALL_TURN), REFUSAL_NONE);
    check_int(hall_now(s).turn, 2);
    check_sound(s);
    scene_free(s);
}

static int note(struct scene *s, const char *who, struct hall_noting n, int64_t *ret_note)
{
    struct move m = {.who = who, .run = run_hall_note, .extra = &n};
    int code = hall_do(s, &m);
    if (ret_note != NULL) *ret_note = m.id;
    return code;
}

static struct hall_note note_now(struct scene *s, int64_t number)
{
    STORE_READ ro = NULL;
    struct hall_notes notes;
    struct sql *sql = reading(s, &ro);
    ensure(store_notes(sql, s->unit, s->dialogue, &s->arena, &notes) == STATUS_OK);
    for (int i = 0; i < notes.count; i++)
        if (notes.rows[i].note == number) return notes.rows[i];
    return (struct hall_note){.text = "", .author = ""};
}

STORE_TEST(notes_are_kept_while_typed_and_entered_when_done)
{
    RULE("R72 R82");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = 0;
    check_int(note(s, "thuky", (struct hall_noting){.text = "Sớm"}, NULL), REFUSAL_WRONG_STATE);
    scene_open(s);
    talk(s);
    check_int(HALL(s, "chutich", HACT_CALL_TURN), REFUSAL_NONE);
    check_int(note(s, NULL, (struct hall_noting){.text = "Lạ"}, NULL), REFUSAL_UNAUTHENTICATED);
    check_int(note(s, "congan", (struct hall_noting){.text = "Lạ"}, NULL), REFUSAL_FORBIDDEN);
    check_int(note(s, "thuky", (struct hall_noting){.text = ""}, NULL), REFUSAL_REQUIRED);
    check_int(note(s, "thuky", (struct hall_noting){.note = 9, .text = "?"}, NULL),
              REFUSAL_INVALID);
    int64_t before = entries(s);
    check_int(note(s, "thuky", (struct hall_noting){.text = "Đèn"}, &n), REFUSAL_NONE);
    check_int(note(s, "thuky", (struct hall_noting){.note = n, .text = "Đèn hẻm"}, NULL),
              REFUSAL_NONE);
    check_int(entries(s), before); // still being typed
    check_text(note_now(s, n).text, "Đèn hẻm");
    check_int(note_now(s, n).turn, 2); // whose words they are
    check_int(
        note(s, "thuky", (struct hall_noting){.note = n, .text = "Đèn hẻm 12", .done = true}, NULL),
        REFUSAL_NONE);
    check_int(entries(s), before + 1);
    struct entry last = {0};
    check_int(entries_of(s, "note 1-1", &last), 1);
    check_text(last.action, "note");
    check_int(last.entry, note_now(s, n).entry);
    // A note becomes an opinion of whoever spoke; the name was typed on a phone, and is read now.
    check_int(HALL(s, "thuky", HACT_SHOW_NAME, .with = {{PARAM_TURN, .number = 2}}), REFUSAL_NONE);
    struct hall_noting become = {.note = n, .text = "", .become = NOTE_OPINION};
    struct move m = {.who = "thuky", .run = run_hall_note_become, .extra = &become};
    check_int(hall_do(s, &m), REFUSAL_NONE);
    check_text(opinion_now(s, m.id).name, "Ông Năm");
    check_text(opinion_now(s, m.id).content, "Đèn hẻm 12");
    check_int(opinion_now(s, m.id).state, OPINION_ON_FLOOR);
    check_int(note_now(s, n).became_opinion, m.id);
    check_int(hall_do(s, &m), REFUSAL_WRONG_STATE); // once
    check_int(note(s, "thuky", (struct hall_noting){.note = n, .text = "", .strike = true}, NULL),
              REFUSAL_NONE);
    check(note_now(s, n).struck);
    check_text(note_now(s, n).text, "Đèn hẻm 12"); // the row stays
    entries_of(s, "note 1-1", &last);
    check_text(last.action, "note_strike");
    check_sound(s);
    scene_close(s);
    check_sound(s);
    scene_free(s);
}

static int fact(struct scene *s, const char *who, int64_t opinion, const char *text)
{
    struct hall_telling t = {opinion, text};
    return hall_do(s, &(struct move){.who = who, .run = run_hall_fact, .extra = &t});
}

STORE_TEST(officers_send_facts_to_the_chair_but_not_about_themselves)
{
    RULE("R77 R93");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_URBAN, "Đèn đường."),
            own = scene_relayed(s, FIELD_CONDUCT, "Cán bộ hẹn.");
    struct submission slip = submission_of(CHANNEL_SLIP, FIELD_URBAN, "Chưa chuyển.");
    int64_t hidden = scene_submit(s, "thuky", &slip);
    check_int(DO(s, "thuky", ACT_CLASSIFY, own, .with = {{PARAM_NAMED, .text = "diachinh"}}),
              REFUSAL_NONE);
    check_int(fact(s, "diachinh", n, "Có 12 bóng hỏng."), REFUSAL_WRONG_STATE); // in session only
    scene_open(s);
    int64_t before = entries(s);
    check_int(fact(s, NULL, n, "x"), REFUSAL_UNAUTHENTICATED);
    check_int(fact(s, "hdnd", n, "x"), REFUSAL_FORBIDDEN);
    check_int(fact(s, "khom1", n, "x"), REFUSAL_FORBIDDEN);
    check_int(fact(s, "chutich", n, "x"), REFUSAL_FORBIDDEN);
    check_int(fact(s, "diachinh", n, ""), REFUSAL_REQUIRED);
    check_int(fact(s, "diachinh", hidden, "x"), REFUSAL_INVALID);
    check_int(fact(s, "diachinh", own, "Không phải tôi."), REFUSAL_OWN_CASE);
    check_int(entries(s), before);
    check_int(fact(s, "diachinh", n, "Có 12 bóng hỏng."), REFUSAL_NONE);
    check_int(fact(s, "vanphong", own, "Đã nhắc ngày 01/6."), REFUSAL_NONE);
    check_int(entries(s), before + 2);
    struct entry last = {0};
    check_int(entries_of(s, "fact 1-1", &last), 1);
    check_text(last.actor, "diachinh");
    check_sound(s);
    scene_close(s);
    check_int(fact(s, "diachinh", n, "Muộn."), REFUSAL_WRONG_STATE);
    check_sound(s);
    scene_free(s);
}

// ---- changed by hand

enum {
    SIDE_FLIPPED,
    END_MOVED,
    TURN_TAKEN,
    NAME_CHANGED,
    LIMITS_CHANGED,
    HALL_TAKEN,
    VERSION_CHANGED
};
static const struct sql_stmt tampers[] = {
    [SIDE_FLIPPED] = {"tamper_side", "UPDATE hall_interval SET side = 0 WHERE side = 1", ""},
    [END_MOVED] = {"tamper_end",
                   "UPDATE hall_interval SET ended_ms = ended_ms + 1 WHERE number = 3", ""},
    [TURN_TAKEN] = {"tamper_turn", "DELETE FROM hall_turn WHERE turn = 2", ""},
    [NAME_CHANGED] = {"tamper_name", "UPDATE hall_turn SET name = 'Kẻ Khác' WHERE turn = 1", ""},
    [LIMITS_CHANGED] = {"tamper_limits", "UPDATE hall SET authority_percent = 90", ""},
    [HALL_TAKEN] = {"tamper_hall", "DELETE FROM hall", ""},
    [VERSION_CHANGED] = {"tamper_version", "UPDATE hall SET version = version + 1", ""},
};

static enum status tamper(struct store_tx *tx, void *arg)
{
    return sql_exec(store_tx_sql(tx), &tampers[*(const int *)arg], SQL_NO_ARGS, NULL);
}

static void found_by_verify(struct engine *engine, int how)
{
    struct scene *s = scene_new(engine_store(engine));
    scene_open(s);
    talk(s);
    check_sound(s);
    struct entry last = {0};
    check_int(entries_of(s, "hall 1", &last), 8); // one an act, the opening among them
    check_int(store_run(s->app.store, tamper, &how), STATUS_OK);
    STORE_READ ro = NULL;
    struct verify_report report;
    struct sql *sql = reading(s, &ro);
    check_int(verify_unit(&s->app, sql, s->unit, &report), STATUS_OK);
    check(!report.sound);
    check_int(report.broken_entry, last.entry);
    check(strstr(report.what, "hall 1") != NULL);
    store_read_drop(&ro);
    scene_free(s);
}

STORE_TEST(time_booked_to_the_other_side_by_hand_is_found_R62)
{
    found_by_verify(engine, SIDE_FLIPPED);
}
STORE_TEST(a_millisecond_moved_by_hand_is_found_R62)
{
    found_by_verify(engine, END_MOVED);
}
STORE_TEST(a_turn_taken_out_by_hand_is_found)
{
    found_by_verify(engine, TURN_TAKEN);
}
STORE_TEST(a_speakers_name_changed_by_hand_is_found)
{
    found_by_verify(engine, NAME_CHANGED);
}
STORE_TEST(a_limit_changed_by_hand_is_found)
{
    found_by_verify(engine, LIMITS_CHANGED);
}
STORE_TEST(a_hall_taken_out_by_hand_is_found)
{
    found_by_verify(engine, HALL_TAKEN);
}
STORE_TEST(a_version_without_an_entry_is_found)
{
    found_by_verify(engine, VERSION_CHANGED);
}

static const struct store_case cases[] = {
    STORE_CASE(a_phone_joins_with_the_code_of_the_last_ten_minutes),
    STORE_CASE(one_hand_per_phone_and_only_in_its_own_hall),
    STORE_CASE(a_phone_says_at_the_door_who_it_is_and_speaks_as_that),
    STORE_CASE(every_second_of_a_morning_is_booked_once),
    STORE_CASE(notes_are_kept_while_typed_and_entered_when_done),
    STORE_CASE(officers_send_facts_to_the_chair_but_not_about_themselves),
    STORE_CASE(time_booked_to_the_other_side_by_hand_is_found_R62),
    STORE_CASE(a_millisecond_moved_by_hand_is_found_R62),
    STORE_CASE(a_turn_taken_out_by_hand_is_found),
    STORE_CASE(a_speakers_name_changed_by_hand_is_found),
    STORE_CASE(a_limit_changed_by_hand_is_found),
    STORE_CASE(a_hall_taken_out_by_hand_is_found),
    STORE_CASE(a_version_without_an_entry_is_found),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
