// SPDX-License-Identifier: AGPL-3.0-or-later
// Accounts, settings, khóm, days off, programme, loudspeaker log and reads, on both engines. Each
// change leaves one entry and a sound register, each refusal nothing.
#include "actions/office.h"

#include "../store/engine.h"
#include "actions/setup.h"
#include "actions/verify.h"
#include "store/opinion.h"
#include "store/read_log.h"

enum { UNIT = 1 };
static const char HASH[] = "$argon2id$not-checked-here";

struct ward {
    struct app app;
    struct arena arena;
};

static struct account account_row(const char *username, enum role role, int khom)
{
    return (struct account){.person = {.username = username,
                                       .name = username,
                                       .title = "",
                                       .roles = WHO(role),
                                       .fields = role == ROLE_SPECIALIST ? 1u << FIELD_URBAN : 0,
                                       .khom = khom,
                                       .active = true},
                            .password_hash = HASH,
                            .version = 1};
}

static void ward_begin(struct ward *w, struct engine *engine, const char *now)
{
    static const unsigned char master[KEY_BYTES] = {7};
    int64_t now_ms = 0;
    digest_start();
    *w = (struct ward){0};
    check(instant_parse(now, &now_ms));
    app_init(&w->app, engine_store(engine), clock_starting_at(now_ms), master);
    const struct account accounts[] = {
        account_row("chutich", ROLE_CHAIR, 0),    account_row("vanphong", ROLE_OFFICE, 0),
        account_row("thuky", ROLE_SECRETARY, 0),  account_row("vanthu", ROLE_ARCHIVIST, 0),
        account_row("vanhoa", ROLE_CULTURE, 0),   account_row("khom2", ROLE_KHOM, 2),
        account_row("hdnd", ROLE_OVERSIGHT, 0),   account_row("baomat1", ROLE_CUSTODIAN, 0),
        account_row("dothi", ROLE_SPECIALIST, 0),
    };
    check_int(setup_unit(&w->app, UNIT,
                         &(struct setup){.admin_password = "mat-khau-thu",
                                         .accounts = accounts,
                                         .account_count = (int)ARRAY_LEN(accounts)}),
              STATUS_OK);
}

static void ward_end(struct ward *w)
{
    arena_done(&w->arena);
    app_done(&w->app);
}

static void move_to(struct ward *w, const char *now)
{
    int64_t now_ms = 0;
    check(instant_parse(now, &now_ms));
    w->app.clock = clock_starting_at(now_ms);
}

static struct act *act_by(struct ward *w, const char *username,
                          enum status (*run)(struct act *, struct store_tx *))
{
    struct act *act = act_new(&w->app, UNIT);
    if (username != NULL)
        act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = username};
    act->run = run;
    return act;
}

/// Runs and frees; the refusal's code, and the entry it wrote.
static int done(struct act *act, int64_t *ret_entry)
{
    check_int(act_do(act), STATUS_OK);
    int code = (int)act->refusal.code;
    if (ret_entry != NULL) *ret_entry = act->answer.entry;
    act_free(act);
    return code;
}

static int office(struct ward *w, const char *username,
                  enum status (*run)(struct act *, struct store_tx *), void *extra)
{
    struct act *act = act_by(w, username, run);
    act->extra = extra;
    return done(act, NULL);
}

static struct unit_head head_of(struct ward *w)
{
    STORE_READ ro = NULL;
    struct unit_head head = {0};
    check_int(store_read_begin(w->app.store, &ro), STATUS_OK);
    check_int(store_head_read(store_ro_sql(ro), UNIT, &head), STATUS_OK);
    return head;
}

static const struct unit_facts *facts_of(struct ward *w)
{
    STORE_READ ro = NULL;
    struct unit_head head = {0};
    const struct unit_facts *facts = NULL;
    check_int(store_read_begin(w->app.store, &ro), STATUS_OK);
    check_int(store_head_read(store_ro_sql(ro), UNIT, &head), STATUS_OK);
    check_int(app_facts(&w->app, store_ro_sql(ro), UNIT, head.config, &facts), STATUS_OK);
    return facts;
}

static void is_sound(struct ward *w)
{
    STORE_READ ro = NULL;
    struct verify_report report;
    check_int(store_read_begin(w->app.store, &ro), STATUS_OK);
    check_int(verify_unit(&w->app, store_ro_sql(ro), UNIT, &report), STATUS_OK);
    check(report.sound);
    if (!report.sound) printf("# %s\n", report.what);
}

static void text_param(struct act *act, enum param_id id, const char *text)
{
    act->params.at[id] = (struct param_value){.given = true, .text = text};
}
static void number_param(struct act *act, enum param_id id, int64_t number)
{
    act->params.at[id] = (struct param_value){.given = true, .number = number};
}

static struct account_change someone(const char *username, uint32_t held)
{
    return (struct account_change){.username = username,
                                   .name = "Nguyễn Văn Thử",
                                   .title = "",
                                   .roles = held,
                                   .active = true,
                                   .password_hash = HASH};
}

STORE_TEST(only_the_admin_makes_accounts_and_caches_hear_of_it)
{
    struct ward w;
    ward_begin(&w, engine, "2024-06-01T08:00:00+07:00");
    struct account_change new_one = someone("congan", WHO(ROLE_SPECIALIST));
    struct unit_head before = head_of(&w);
    check_int(office(&w, NULL, run_account_create, &new_one), REFUSAL_UNAUTHENTICATED);
    check_int(office(&w, "vanphong", run_account_create, &new_one), REFUSAL_FORBIDDEN);
    check_int(head_of(&w).entry, before.entry);
    check_int(office(&w, "quantri", run_account_create, &new_one), REFUSAL_NONE);
    struct unit_head after = head_of(&w);
    check_int(after.entry, before.entry + 1);
    check(after.config > before.config);
    check(people_find(&facts_of(&w)->people, "congan") != NULL);
    check_int(office(&w, "quantri", run_account_create, &new_one), REFUSAL_INVALID); // taken
    is_sound(&w);
    ward_end(&w);
}

STORE_TEST(account_roles_that_must_not_meet_are_refused)
{
    static const struct {
        const char *username;
        uint32_t roles;
        int khom, code;
    } cases[] = {
        {"a-b.c_9", WHO(ROLE_OFFICE), 0, REFUSAL_NONE},
        {"", WHO(ROLE_OFFICE), 0, REFUSAL_REQUIRED},
        {"x", WHO(ROLE_OFFICE), 0, REFUSAL_INVALID},
        {"Viết Hoa", WHO(ROLE_OFFICE), 0, REFUSAL_INVALID},
        {"khongvai", 0, 0, REFUSAL_REQUIRED},
        {"la", UINT32_C(1) << ROLE_DEPUTY, 0, REFUSAL_INVALID},
        {"giamsat", WHO(ROLE_OVERSIGHT) | WHO(ROLE_OFFICE), 0, REFUSAL_INVALID},
        {"giu", WHO(ROLE_CUSTODIAN) | WHO(ROLE_ADMIN), 0, REFUSAL_INVALID},
        {"khom3", WHO(ROLE_KHOM), 0, REFUSAL_REQUIRED},
        {"khom9", WHO(ROLE_KHOM), 9, REFUSAL_INVALID},
        {"khom3", WHO(ROLE_KHOM), 3, REFUSAL_NONE},
    };
    struct ward w;
    ward_begin(&w, engine, "2024-06-01T08:00:00+07:00");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct account_change change = someone(cases[i].username, cases[i].roles);
        change.khom = cases[i].khom;
        check_int(office(&w, "quantri", run_account_create, &change), cases[i].code);
    }
    check_int(custodian_count(&facts_of(&w)->people), 1);
    ward_end(&w);
}

STORE_TEST(an_admin_cannot_close_their_own_door)
{
    struct ward w;
    ward_begin(&w, engine, "2024-06-01T08:00:00+07:00");
    struct account_change me = someone("quantri", WHO(ROLE_OFFICE));
    check_int(office(&w, "quantri", run_account_update, &me), REFUSAL_INVALID);
    me.roles = WHO(ROLE_ADMIN);
    me.active = false;
    check_int(office(&w, "quantri", run_account_update, &me), REFUSAL_INVALID);
    me.active = true;
    check_int(office(&w, "quantri", run_account_update, &me), REFUSAL_NONE);
    struct account_change ghost = someone("khongco", WHO(ROLE_OFFICE));
    check_int(office(&w, "quantri", run_account_update, &ghost), REFUSAL_NOT_FOUND);
    struct act *stale = act_by(&w, "quantri", run_account_update);
    stale->extra = &me;
    stale->if_version = 1; // it is 2 now
    check_int(done(stale, NULL), REFUSAL_STALE);
    is_sound(&w);
    ward_end(&w);
}

static bool session_lives(struct ward *w, const unsigned char hash[32])
{
    STORE_READ ro = NULL;
    const char *username = NULL;
    check_int(store_read_begin(w->app.store, &ro), STATUS_OK);
    return store_session_user(store_ro_sql(ro), UNIT, hash, clock_now_ms(&w->app.clock), &w->arena,
                              &username) == STATUS_OK;
}

STORE_TEST(closing_an_account_or_a_new_password_ends_its_sessions)
{
    struct ward w;
    ward_begin(&w, engine, "2024-06-01T08:00:00+07:00");
    for (int round = 0; round < 2; round++) {
        unsigned char hash[32] = {(unsigned char)(round + 1)};
        struct act *session = act_by(&w, "thuky", run_session_create);
        session->extra = hash;
        session->target = clock_now_ms(&w.app.clock) + HOUR_MS;
        check_int(done(session, NULL), REFUSAL_NONE);
        check(session_lives(&w, hash));
        struct account_password secret = {"thuky", "$argon2id$other"};
        struct account_change closed = someone("thuky", WHO(ROLE_SECRETARY));
        closed.active = false;
        check_int(round == 0 ? office(&w, "quantri", run_account_password, &secret)
                             : office(&w, "quantri", run_account_update, &closed),
                  REFUSAL_NONE);
        check(!session_lives(&w, hash));
    }
    struct act *again = act_by(&w, "thuky", run_session_create); // closed: nobody
    unsigned char hash[32] = {9};
    again->extra = hash;
    again->target = clock_now_ms(&w.app.clock) + HOUR_MS;
    check_int(done(again, NULL), REFUSAL_UNAUTHENTICATED);
    ward_end(&w);
}

STORE_TEST(settings_and_khoms_change_at_once_and_only_where_they_differ)
{
    struct ward w;
    ward_begin(&w, engine, "2024-06-01T08:00:00+07:00");
    const struct setting rows[] = {{"unit_name", "Phường An Bình"}, {"khom_word", "khóm"}};
    struct setting_list list = {rows, 2};
    struct unit_head before = head_of(&w);
    check_int(office(&w, "vanphong", run_settings_write, &list), REFUSAL_FORBIDDEN);
    check_int(office(&w, "quantri", run_settings_write, &list), REFUSAL_NONE);
    check_int(head_of(&w).entry, before.entry + 1); // the second was the same
    check_text(setting_of(&facts_of(&w)->settings, "unit_name", ""), "Phường An Bình");
    const struct setting unknown[] = {{"khong_co", "1"}}, empty[] = {{"unit_name", ""}};
    struct setting_list bad = {unknown, 1}, none = {empty, 1};
    check_int(office(&w, "quantri", run_settings_write, &bad), REFUSAL_UNKNOWN_FIELD);
    check_int(office(&w, "quantri", run_settings_write, &none), REFUSAL_REQUIRED);

    const struct khom khoms[] = {{1, "Khóm Mỹ Thuận", 20}, {6, "Khóm 6", 12}};
    struct khom_list changed = {khoms, 2};
    check_int(office(&w, "thuky", run_khoms_write, &changed), REFUSAL_FORBIDDEN);
    check_int(office(&w, "vanphong", run_khoms_write, &changed), REFUSAL_NONE);
    check_int(facts_of(&w)->khoms.count, 6);
    check_text(facts_of(&w)->khoms.rows[0].name, "Khóm Mỹ Thuận");
    const struct khom wrong[] = {{KHOM_MAX + 1, "Khóm", 1}};
    struct khom_list too_many = {wrong, 1};
    check_int(office(&w, "quantri", run_khoms_write, &too_many), REFUSAL_INVALID);
    is_sound(&w);
    ward_end(&w);
}

// ---- a dialogue that was closed on 20/06/2024 with one opinion owed

static void dialogue_act_by(struct ward *w, const char *who, enum dialogue_action action)
{
    struct act *act = act_by(w, who, run_dialogue_action);
    act->action = action;
    act->target = 1;
    int64_t at = 0;
    if (action == DACT_ISSUE) {
        number_param(act, PARAM_NUMBER, 66);
        number_param(act, PARAM_DATE, instant_day(clock_now_ms(&w->app.clock)));
    }
    if (action == DACT_ANNOUNCE) {
        check(instant_parse("2024-06-20T07:30:00+07:00", &at));
        number_param(act, PARAM_STARTS_AT, at);
        number_param(act, PARAM_OPINIONS_FROM, clock_now_ms(&w->app.clock));
        number_param(act, PARAM_OPINIONS_UNTIL, at);
    }
    check_int(done(act, NULL), REFUSAL_NONE);
}

static void make_dialogue(struct ward *w)
{
    struct act *act = act_by(w, "vanphong", run_dialogue_create);
    text_param(act, PARAM_TITLE, "Hội nghị tiếp xúc, đối thoại năm 2024");
    number_param(act, PARAM_YEAR, 2024);
    number_param(act, PARAM_PROFILE, 2024);
    text_param(act, PARAM_PLANNED, "2024-06");
    text_param(act, PARAM_PLACE, "Hội trường");
    number_param(act, PARAM_SEATS, 80);
    check_int(done(act, NULL), REFUSAL_NONE);
}

static void announce_dialogue(struct ward *w)
{
    make_dialogue(w);
    dialogue_act_by(w, "chutich", DACT_APPROVE);
    dialogue_act_by(w, "vanthu", DACT_ISSUE);
    dialogue_act_by(w, "vanphong", DACT_ANNOUNCE);
}

static int64_t send_opinion(struct ward *w, const char *content)
{
    struct act *act = act_by(w, NULL, run_opinion_submit);
    act->target = 1;
    act->idempotency_key = content;
    act->submission = (struct submission){.content = content,
                                          .kind = -1,
                                          .field = -1,
                                          .channel = -1,
                                          .wants = -1,
                                          .reply_by = -1,
                                          .author_type = AUTHOR_RESIDENT};
    check_int(act_do(act), STATUS_OK);
    check_int(act->refusal.code, REFUSAL_NONE);
    int64_t id = act->answer.id;
    act_free(act);
    return id;
}

static void opinion_act_by(struct ward *w, const char *who, enum opinion_action action, int64_t id,
                           int32_t due)
{
    struct act *act = act_by(w, who, run_opinion_action);
    act->action = action;
    act->target = id;
    if (action == ACT_ASSIGN) {
        text_param(act, PARAM_TO, "dothi");
        if (due != DAY_NONE) number_param(act, PARAM_DUE, due);
    }
    if (action == ACT_DIVERT) {
        number_param(act, PARAM_DIVERT_TO, DIVERT_DENUNCIATION);
        text_param(act, PARAM_REASON, "Có dấu hiệu tố cáo");
    }
    check_int(done(act, NULL), REFUSAL_NONE);
}

static struct opinion opinion_of(struct ward *w, int64_t id, int *ret_due_versions)
{
    STORE_READ ro = NULL;
    struct opinion o = {0};
    struct opinion_items items = {0};
    check_int(store_read_begin(w->app.store, &ro), STATUS_OK);
    check_int(store_opinion_load(store_ro_sql(ro), UNIT, id, &w->arena, &o), STATUS_OK);
    check_int(store_opinion_items(store_ro_sql(ro), UNIT, id, &w->arena, &items), STATUS_OK);
    int versions = 0;
    for (int i = 0; i < items.count; i++)
        versions += items.list[i].kind == ITEM_DUE;
    if (ret_due_versions != NULL) *ret_due_versions = versions;
    return o;
}

STORE_TEST(a_new_day_off_appends_a_new_due_date_and_leaves_what_a_person_set)
{
    struct ward w;
    ward_begin(&w, engine, "2024-06-05T08:00:00+07:00");
    announce_dialogue(&w);
    int64_t counted = send_opinion(&w, "Đường hẻm 12 ngập nước mỗi khi mưa."),
            by_person = send_opinion(&w, "Đèn đường hẻm 15 hỏng đã lâu.");
    opinion_act_by(&w, "thuky", ACT_RELAY, counted, 0);
    opinion_act_by(&w, "thuky", ACT_RELAY, by_person, 0);
    move_to(&w, "2024-06-20T07:30:00+07:00");
    dialogue_act_by(&w, "chutich", DACT_OPEN);
    opinion_act_by(&w, "chutich", ACT_ASSIGN, by_person, day_of_civil(2024, 7, 19));
    dialogue_act_by(&w, "chutich", DACT_CLOSE);
    int versions = 0, after = 0;
    struct opinion o = opinion_of(&w, counted, &versions);
    check_int(o.due_legal, day_of_civil(2024, 7, 22)); // the plan's own example
    check_int(o.due_safe, day_of_civil(2024, 7, 19));
    struct opinion kept = opinion_of(&w, by_person, NULL);

    struct calendar_day monday = {day_of_civil(2024, 7, 22), CALENDAR_OFF, true, "Ngày nghỉ thử",
                                  "thử"};
    check_int(office(&w, "thuky", run_holiday_write, &monday), REFUSAL_FORBIDDEN);
    check_int(office(&w, "vanphong", run_holiday_write, &monday), REFUSAL_NONE);
    struct opinion moved = opinion_of(&w, counted, &after);
    check_int(moved.due_legal, day_of_civil(2024, 7, 23));
    check_int(moved.due_safe, day_of_civil(2024, 7, 19));
    check_int(after, versions + 1);
    check_int(moved.version, o.version + 1);
    check_int(opinion_of(&w, by_person, NULL).version, kept.version);
    is_sound(&w);

    struct unit_head before = head_of(&w);
    int32_t day = monday.day, ordinary = day_of_civil(2024, 7, 24);
    check_int(office(&w, "quantri", run_holiday_delete, &ordinary), REFUSAL_NOT_FOUND);
    check_int(head_of(&w).entry, before.entry);
    check_int(office(&w, "quantri", run_holiday_delete, &day), REFUSAL_NONE);
    check_int(opinion_of(&w, counted, &after).due_legal, day_of_civil(2024, 7, 22));
    check_int(after, versions + 2); // appended, never rewritten
    check(calendar_find(&facts_of(&w)->calendar, day) == NULL);
    is_sound(&w);
    ward_end(&w);
}

STORE_TEST(a_swapped_working_day_is_a_weekend_day)
{
    struct ward w;
    ward_begin(&w, engine, "2024-06-05T08:00:00+07:00");
    struct calendar_day day = {day_of_civil(2026, 8, 22), CALENDAR_WORKING_SWAP, false, "Làm bù",
                               "dự kiến"}; // a Saturday
    check_int(office(&w, "quantri", run_holiday_write, &day), REFUSAL_NONE);
    check(calendar_is_working(&facts_of(&w)->calendar, day.day));
    check(!calendar_find(&facts_of(&w)->calendar, day.day)->confirmed);
    day.day++;
    day.day++; // a Monday
    check_int(office(&w, "quantri", run_holiday_write, &day), REFUSAL_INVALID);
    day.kind = CALENDAR_OFF;
    day.name = "";
    check_int(office(&w, "quantri", run_holiday_write, &day), REFUSAL_REQUIRED);
    day.day = DAY_NONE;
    check_int(office(&w, "quantri", run_holiday_write, &day), REFUSAL_REQUIRED);
    ward_end(&w);
}

static int programme(struct ward *w, const char *who, struct agenda agenda)
{
    struct act *act = act_by(w, who, run_programme_write);
    act->target = 1;
    act->extra = &agenda;
    return done(act, NULL);
}

STORE_TEST(a_programme_is_edited_while_drafting_and_frozen_once_issued)
{
    struct ward w;
    ward_begin(&w, engine, "2024-06-05T08:00:00+07:00");
    make_dialogue(&w);
    dialogue_act_by(&w, "chutich", DACT_APPROVE);
    const struct agenda_item steps[] = {
        {1, "Nêu lý do", "Văn phòng", 10, AGENDA_AUTHORITY, 0, 0},
        {2, "Nhân dân phát biểu", "Nhân dân", 90, AGENDA_PEOPLE, 0, 0},
        {3, "Kết luận", "Chủ trì", 0, AGENDA_BOTH, 0, 0},
    };
    check_int(programme(&w, "thuky", (struct agenda){steps, 2}), REFUSAL_FORBIDDEN);
    check_int(programme(&w, "vanphong", (struct agenda){steps, 3}), REFUSAL_INVALID); // 0 minutes
    check_int(programme(&w, "vanphong", (struct agenda){steps, 0}), REFUSAL_INVALID);
    check_int(programme(&w, "vanphong", (struct agenda){steps, 2}), REFUSAL_NONE);
    {
        STORE_READ ro = NULL;
        struct agenda kept;
        struct dialogue d;
        check_int(store_read_begin(w.app.store, &ro), STATUS_OK);
        check_int(store_agenda(store_ro_sql(ro), UNIT, 1, &w.arena, &kept), STATUS_OK);
        check_int(kept.count, 2); // the plan's five are gone
        check_int(kept.rows[1].minutes, 90);
        check_int(store_dialogue_load(store_ro_sql(ro), UNIT, 1, &w.arena, &d), STATUS_OK);
        check(!d.approved); // the chair approved another programme
    }
    dialogue_act_by(&w, "chutich", DACT_APPROVE);
    dialogue_act_by(&w, "vanthu", DACT_ISSUE);
    check_int(programme(&w, "vanphong", (struct agenda){steps, 2}), REFUSAL_WRONG_STATE);
    is_sound(&w);
    ward_end(&w);
}

static int broadcast(struct ward *w, const char *who, struct broadcast b)
{
    struct act *act = act_by(w, who, run_broadcast_add);
    act->target = 1;
    act->extra = &b;
    return done(act, NULL);
}

STORE_TEST(the_loudspeaker_log_takes_lines_after_the_announcement_and_strikes_them_out)
{
    struct ward w;
    ward_begin(&w, engine, "2024-06-05T08:00:00+07:00");
    struct broadcast b = {.day = day_of_civil(2024, 6, 5),
                          .minute = 5 * 60,
                          .times = 2,
                          .reader = "Chị Hoa",
                          .note = ""};
    make_dialogue(&w);
    check_int(broadcast(&w, "vanhoa", b), REFUSAL_WRONG_STATE);
    dialogue_act_by(&w, "chutich", DACT_APPROVE);
    dialogue_act_by(&w, "vanthu", DACT_ISSUE);
    dialogue_act_by(&w, "vanphong", DACT_ANNOUNCE);
    check_int(broadcast(&w, "hdnd", b), REFUSAL_FORBIDDEN);
    check_int(broadcast(&w, "vanhoa", b), REFUSAL_NONE);
    b.khom = 2;
    check_int(broadcast(&w, "vanhoa", b), REFUSAL_FORBIDDEN); // a khóm's own
    check_int(broadcast(&w, "khom2", b), REFUSAL_NONE);
    b.khom = 3;
    check_int(broadcast(&w, "khom2", b), REFUSAL_FORBIDDEN);
    b.khom = 0;
    b.day++;
    check_int(broadcast(&w, "vanhoa", b), REFUSAL_INVALID); // tomorrow was not read yet
    b.day--;
    b.reader = "";
    check_int(broadcast(&w, "vanhoa", b), REFUSAL_REQUIRED);
    for (int round = 0; round < 2; round++) {
        int64_t first = 1;
        struct act *act = act_by(&w, "vanhoa", run_broadcast_strike);
        act->target = 1;
        act->extra = &first;
        check_int(done(act, NULL), round == 0 ? REFUSAL_NONE : REFUSAL_WRONG_STATE);
    }
    STORE_READ ro = NULL;
    struct broadcast_list list;
    check_int(store_read_begin(w.app.store, &ro), STATUS_OK);
    check_int(store_broadcasts(store_ro_sql(ro), UNIT, 1, &w.arena, &list), STATUS_OK);
    check_int(list.count, 2);
    check(list.rows[0].struck);
    check(!list.rows[1].struck);
    check_text(list.rows[1].added_by, "khom2");
    store_read_drop(&ro);
    is_sound(&w);
    ward_end(&w);
}

static int read_by(struct ward *w, const char *who, int64_t opinion, const char *subject)
{
    struct act *act = act_by(w, who, run_reading);
    act->target = opinion;
    act->extra = (void *)(uintptr_t)subject;
    return done(act, NULL);
}

STORE_TEST(reads_are_logged_and_a_sealed_matter_is_read_by_custodians_alone)
{
    struct ward w;
    ward_begin(&w, engine, "2024-06-05T08:00:00+07:00");
    announce_dialogue(&w);
    int64_t id = send_opinion(&w, "Tôi tố cáo ông A nhận tiền.");
    opinion_act_by(&w, "thuky", ACT_DIVERT, id, 0);
    struct unit_head before = head_of(&w);
    static const char *const others[] = {"quantri", "chutich", "vanphong", "thuky", "hdnd"};
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        check_int(read_by(&w, others[i], id, NULL), REFUSAL_NOT_FOUND);
    check_int(read_by(&w, NULL, id, NULL), REFUSAL_UNAUTHENTICATED);
    check_int(read_by(&w, "baomat1", id, NULL), REFUSAL_NONE);
    check_int(read_by(&w, "hdnd", 0, "dialogue 1"), REFUSAL_NONE);
    check_int(head_of(&w).entry, before.entry); // reading is no entry
    STORE_READ ro = NULL;
    struct reading_list list;
    char number[OPINION_NUMBER_TEXT];
    check_int(store_read_begin(w.app.store, &ro), STATUS_OK);
    const char *subject = arena_printf(&w.arena, "opinion %s", opinion_number_format(id, number));
    check_int(store_readings_about(store_ro_sql(ro), UNIT, subject, 10, &w.arena, &list),
              STATUS_OK);
    check_int(list.count, 1);
    check_text(list.rows[0].username, "baomat1");
    check_int(store_readings_of(store_ro_sql(ro), UNIT, "hdnd",
                                (struct reading_page){INT64_MAX, 10}, &w.arena, &list),
              STATUS_OK);
    check_int(list.count, 1);
    check_text(list.rows[0].subject, "dialogue 1");
    store_read_drop(&ro);
    ward_end(&w);
}

static const struct store_case cases[] = {
    STORE_CASE(only_the_admin_makes_accounts_and_caches_hear_of_it),
    STORE_CASE(account_roles_that_must_not_meet_are_refused),
    STORE_CASE(an_admin_cannot_close_their_own_door),
    STORE_CASE(closing_an_account_or_a_new_password_ends_its_sessions),
    STORE_CASE(settings_and_khoms_change_at_once_and_only_where_they_differ),
    STORE_CASE(a_new_day_off_appends_a_new_due_date_and_leaves_what_a_person_set),
    STORE_CASE(a_swapped_working_day_is_a_weekend_day),
    STORE_CASE(a_programme_is_edited_while_drafting_and_frozen_once_issued),
    STORE_CASE(the_loudspeaker_log_takes_lines_after_the_announcement_and_strikes_them_out),
    STORE_CASE(reads_are_logged_and_a_sealed_matter_is_read_by_custodians_alone),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
