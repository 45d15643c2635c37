// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may stand where: overseers in no place, the office in a named secretary's, the next one in
// the place of whoever is gone. And what a clock counts from, and where the last round ends.
#include "scene.h"

#include <string.h>

#include "actions/office.h"

STORE_TEST(an_overseer_is_given_neither_opinion_nor_floor)
{
    RULE("R53 R76");
    static const char *const apart[] = {"hdnd", "danguy", "baomat1", "quantri"};
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_URBAN, "Ngập."), off = scene_relayed(s, FIELD_URBAN, "Thơ.");
    scene_open(s);
    check_int(DO(s, "chutich", ACT_CALL, n), REFUSAL_NONE);
    int entries = 0;
    struct entry before = last_entry(s, n, CHAIN_MAIN, &entries);
    for (size_t i = 0; i < ARRAY_LEN(apart); i++) {
        check_int(DO(s, "chutich", ACT_GIVE_FLOOR, n, TO(apart[i])), REFUSAL_INVALID);
        check_int(DO(s, "chutich", ACT_ASSIGN, n, TO(apart[i])), REFUSAL_INVALID);
        check_int(DO(s, "thuky", ACT_ASSIGN, n, .behalf = BEHALF_CHAIR, TO(apart[i])),
                  REFUSAL_INVALID);
        check_int(DO(s, "thuky", ACT_SET_OFF_TOPIC, off, TO(apart[i])), REFUSAL_INVALID);
    }
    int now = 0;
    check_int(last_entry(s, n, CHAIN_MAIN, &now).entry, before.entry);
    check_int(now, entries);
    check_text(opinion_now(s, n).floor, "");
    // Whoever works for the ward may: the khóm's head, a deputy without a role of their own.
    check_int(DO(s, "chutich", ACT_GIVE_FLOOR, n, TO("khom1")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_GIVE_FLOOR, n, TO("phochutich")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_ASSIGN, n, TO("diachinh")), REFUSAL_NONE);
    check_sound(s);
    scene_free(s);
}

/// Each of the secretary's acts with what it asks for; whatever else decides, it is not the place.
static const struct {
    enum opinion_action action;
    struct scene_param with[2];
} secretary_acts[] = {
    {ACT_CLASSIFY, {{PARAM_FIELD, .number = FIELD_SECURITY}}},
    {ACT_SPLIT, {{PARAM_PARTS, .text = "Một|Hai"}}},
    {ACT_CORRECT, {{PARAM_TEXT, .text = "Ngập nặng."}, {PARAM_REASON, .text = "Ghi sót"}}},
    {ACT_EXCHANGE, {{PARAM_TEXT, .text = "Tôi cũng thấy."}}},
    {ACT_RECALL, {{PARAM_REASON, .text = "Chuyển nhầm"}}},
    {ACT_RELAY, {{PARAM_FIELD, .number = FIELD_URBAN}}},
    {ACT_SET_OFF_TOPIC, {{PARAM_TO, .text = "diachinh"}}},
    {ACT_DIVERT,
     {{PARAM_DIVERT_TO, .number = DIVERT_COMPLAINT}, {PARAM_REASON, .text = "Khiếu nại"}}},
};

STORE_TEST(the_office_takes_the_place_of_a_named_secretary)
{
    RULE("R48 R50 R72");
    struct scene *s = scene_new(engine_store(engine));
    scene_open(s);
    int64_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(secretary_acts); i++) {
        if (secretary_acts[i].action != ACT_RELAY) { // which takes up what the recall before left
            n = scene_relayed(s, FIELD_URBAN, "Thư ký làm mất phiếu của tôi.");
            check_int(DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_NAMED, .text = "thuky"}}),
                      REFUSAL_NONE);
        }
        struct deed deed = {
            .who = "thuky", .action = (int)secretary_acts[i].action, .about = n, .with = {{0}}};
        memcpy(deed.with, secretary_acts[i].with, sizeof(secretary_acts[i].with));
        struct opinion before = opinion_now(s, n);
        check_int(scene_do(s, &deed), REFUSAL_OWN_CASE);
        check_int(opinion_now(s, n).version, before.version);
        deed.who = "vanphong";
        check_int(scene_do(s, &deed), REFUSAL_NONE);
        check_text(last_entry(s, n, CHAIN_MAIN, NULL).actor, "vanphong");
        check_int(last_entry(s, n, CHAIN_MAIN, NULL).role, ROLE_OFFICE);
    }
    check_sound(s);
    scene_free(s);
}

STORE_TEST(a_named_secretary_records_nobodys_words_on_it)
{
    RULE("R50 R72");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_URBAN, "Thư ký làm mất phiếu của tôi.");
    check_int(DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_NAMED, .text = "thuky"}}),
              REFUSAL_NONE);
    // Not even to take the own name out and go on.
    check_int(DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_NAMED, .text = "congan"}}),
              REFUSAL_OWN_CASE);
    scene_open(s);
    check_int(DO(s, "thuky", ACT_CALL, n, .behalf = BEHALF_CHAIR), REFUSAL_OWN_CASE);
    check_int(DO(s, "thuky", ACT_REPLY, n, FOR_AUTHOR(PROOF_HEARD, "nói"), TEXT("Thôi.")),
              REFUSAL_OWN_CASE);
    // For an opinion that does not name the secretary the office is not the secretary.
    int64_t other = scene_relayed(s, FIELD_URBAN, "Rác.");
    check_int(DO(s, "vanphong", ACT_CALL, other, .behalf = BEHALF_CHAIR), REFUSAL_FORBIDDEN);
    check_int(DO(s, "vanphong", ACT_EXCHANGE, other, TEXT("Tôi cũng thấy.")), REFUSAL_FORBIDDEN);
    check_int(DO(s, "vanphong", ACT_CALL, n, .behalf = BEHALF_CHAIR), REFUSAL_NONE);
    check_int(DO(s, "vanphong", ACT_REPLY, n, FOR_AUTHOR(PROOF_HEARD, "nói"), TEXT("Hôm 12.")),
              REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_ANSWER, n, .behalf = BEHALF_CHAIR, ANSWER(MODE_SPOKEN, "Không.")),
              REFUSAL_OWN_CASE);
    check_int(
        DO(s, "vanphong", ACT_ANSWER, n, .behalf = BEHALF_CHAIR, ANSWER(MODE_SPOKEN, "Xin lỗi.")),
        REFUSAL_NONE);
    check_text(last_item(s, n, ITEM_ANSWER)->person, "chutich");
    check_sound(s);
    scene_free(s);
}

/// The first words of the working of its due date: what the clock counts from.
static const char *counts_from(struct scene *s, int64_t n)
{
    struct dialogue d;
    struct opinion o = opinion_now(s, n);
    struct opinion_items items;
    struct deadline_steps steps = {0};
    const struct unit_facts *facts;
    struct unit_head head;
    STORE_READ ro = NULL;
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    struct sql *sql = store_ro_sql(ro);
    ensure(store_head_read(sql, s->unit, &head) == STATUS_OK);
    ensure(app_facts(&s->app, sql, s->unit, head.config, &facts) == STATUS_OK);
    ensure(store_dialogue_load(sql, s->unit, o.dialogue, &s->arena, &d) == STATUS_OK);
    ensure(store_opinion_items(sql, s->unit, n, &s->arena, &items) == STATUS_OK);
    struct opinion_case c = {.arena = &s->arena,
                             .now_ms = clock_now_ms(&s->app.clock),
                             .today = instant_day(clock_now_ms(&s->app.clock)),
                             .calendar = &facts->calendar,
                             .people = &facts->people,
                             .dialogue = &d,
                             .opinion = &o,
                             .items = items.list,
                             .item_count = items.count};
    ensure(opinion_due_steps(&c, &steps));
    return steps.summary;
}

static void check_from(struct scene *s, int64_t n, const char *words)
{
    const char *said = counts_from(s, n);
    if (strncmp(said, words, strlen(words)) != 0) printf("# %s\n", said);
    check(strncmp(said, words, strlen(words)) == 0);
}

STORE_TEST(a_clock_says_what_it_counts_from)
{
    RULE("R55 R57 R83");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_URBAN, "Ngập."), far = scene_relayed(s, FIELD_URBAN, "Cầu.");
    scene_open(s);
    at(s, 6, 20, 9, 0);
    check_int(DO(s, "chutich", ACT_ASSIGN, n, TO("diachinh")), REFUSAL_NONE);
    check_from(s, n, "Ghi nợ, tạm tính khi chưa bế mạc 20/06/2024");
    scene_close(s);
    check_from(s, n, "Kết thúc đối thoại 20/06/2024 + 30 ngày");
    at(s, 6, 25, 9, 0);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_WRITTEN, "Tháng sau.")), REFUSAL_NONE);
    at(s, 6, 28, 9, 0);
    check_int(DO(s, "author", ACT_CONTINUE, n, TEXT("Ngày nào?")), REFUSAL_NONE);
    check_from(s, n, "Người có ý kiến trao đổi tiếp 28/06/2024 + 30 ngày");
    at(s, 7, 2, 9, 0); // handed on, it still counts from there
    check_int(DO(s, "vanphong", ACT_ASSIGN, n, TO("congan")), REFUSAL_NONE);
    check_from(s, n, "Người có ý kiến trao đổi tiếp 28/06/2024");
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_WRITTEN, "Ngày 1/8.")), REFUSAL_NONE);
    check_int(DO(s, "author", ACT_AGREE, n), REFUSAL_NONE);
    const struct scene_param agreed = {PARAM_OUTCOME, .number = OUTCOME_AGREED};
    check_int(DO(s, "chutich", ACT_CONCLUDE, n, .with = {{PARAM_TEXT, .text = "Xong."}, agreed}),
              REFUSAL_NONE);
    at(s, 7, 5, 9, 0);
    check_int(DO(s, "author", ACT_REOPEN, n, TEXT("Chưa làm.")), REFUSAL_NONE);
    check_from(s, n, "Người có ý kiến đề nghị xem lại 05/07/2024");
    // The agency's letter has a date of its own; the clock counts from it and not from the entry.
    at(s, 6, 24, 9, 0);
    check_int(DO(s, "chutich", ACT_REFER, far,
                 .with = {{PARAM_AGENCY, .text = "Sở Xây dựng"},
                          {PARAM_REFER_REASON, .number = REFER_BEYOND}}),
              REFUSAL_NONE);
    at(s, 7, 8, 9, 0);
    check_int(DO(s, "vanphong", ACT_AGENCY_REPLY, far,
                 .with = {{PARAM_RESULT, .number = AGENCY_REFUSED},
                          {PARAM_TEXT, .text = "Không thuộc thẩm quyền."},
                          {PARAM_DATE, .number = on(7, 3)}}),
              REFUSAL_NONE);
    check_int(opinion_now(s, far).due_start, on(7, 3));
    check_from(s, far, "Cơ quan cấp trên từ chối 03/07/2024 + 30 ngày");
    check_sound(s);
    scene_free(s);
}

STORE_TEST(after_the_last_round_not_agreed_stands_until_the_author_agrees)
{
    RULE("R83 R84");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_URBAN, "Ngập.");
    scene_open(s);
    for (int round = 1; round <= OPINION_ROUNDS; round++) {
        at(s, 6, 20, 8, 10 * round);
        if (round == 1) check_int(DO(s, "chutich", ACT_CALL, n), REFUSAL_NONE);
        check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Sẽ làm.")), REFUSAL_NONE);
        check_int(DO(s, "author", ACT_CONTINUE, n, TEXT("Bao giờ?")), REFUSAL_NONE);
    }
    // The chair may try once more; the author has said the last "not agreed" there is.
    check_int(DO(s, "chutich", ACT_CALL, n), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Ngày 1/8.")), REFUSAL_NONE);
    check_int(opinion_now(s, n).round, OPINION_ROUNDS);
    check_int(opinion_now(s, n).verdict, VERDICT_NOT_AGREED);
    check_int(DO(s, "author", ACT_CONTINUE, n, TEXT("Chưa chịu.")), REFUSAL_ROUNDS_USED);
    at(s, 9, 1, 8, 0);
    scene_timer(s); // silence is not consent
    check_int(opinion_now(s, n).state, OPINION_ANSWERED);
    check_int(DO(s, "author", ACT_AGREE, n), REFUSAL_NONE);
    check_int(opinion_now(s, n).verdict, VERDICT_AGREED);
    check_sound(s);
    scene_free(s);
}

static enum refusal_code change_account(struct scene *s, const char *username, uint32_t held,
                                        bool active)
{
    struct account_change change = {
        .username = username, .name = "Nguyễn Văn A", .roles = held, .active = active};
    struct act *act = act_new(&s->app, s->unit);
    act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = "quantri"};
    act->run = run_account_update;
    act->extra = &change;
    ensure(act_do(act) == STATUS_OK);
    enum refusal_code code = act->refusal.code;
    act_free(act);
    return code;
}

STORE_TEST(who_leaves_hands_over_what_they_owe)
{
    RULE("R55 R93");
    struct scene *s = scene_new(engine_store(engine));
    int64_t owed = scene_relayed(s, FIELD_URBAN, "Ngập."),
            spoken = scene_relayed(s, FIELD_SECURITY, "Ồn."),
            other = scene_relayed(s, FIELD_SECURITY, "Trộm.");
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ASSIGN, owed, TO("diachinh")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_CALL, spoken), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_GIVE_FLOOR, spoken, TO("diachinh")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_ASSIGN, other, TO("congan")), REFUSAL_NONE);
    struct opinion before = opinion_now(s, owed), untouched = opinion_now(s, other);
    check_int(change_account(s, "diachinh", WHO(ROLE_SPECIALIST), false), REFUSAL_NONE);
    struct opinion now = opinion_now(s, owed);
    check_text(now.responsible, "vanphong"); // nobody else has the field
    check_int(now.state, OPINION_OWED);
    check_int(now.due_legal, before.due_legal); // the day that was promised stays
    check_text(last_item(s, owed, ITEM_ASSIGNMENT)->person, "vanphong");
    check_text(last_entry(s, owed, CHAIN_MAIN, NULL).action, "hand_over");
    check_int(last_entry(s, owed, CHAIN_MAIN, NULL).role, ROLE_SYSTEM);
    check_text(opinion_now(s, spoken).floor, "");
    check_int(opinion_now(s, other).version, untouched.version);
    // Whoever becomes an overseer handles nothing any more.
    check_int(change_account(s, "congan", WHO(ROLE_OVERSIGHT), true), REFUSAL_NONE);
    check_text(opinion_now(s, other).responsible, "vanphong");
    check_sound(s);
    // Another role among those who may: nothing moves.
    check_int(change_account(s, "vanphong", WHO(ROLE_OFFICE) | WHO(ROLE_ARCHIVIST), true),
              REFUSAL_NONE);
    check_text(opinion_now(s, other).responsible, "vanphong");
    // The office gone too, the deputy is the next by rule.
    check_int(change_account(s, "vanphong", WHO(ROLE_OFFICE), false), REFUSAL_NONE);
    check_text(opinion_now(s, owed).responsible, "phochutich");
    check_sound(s);
    scene_free(s);
}

static const struct store_case cases[] = {
    STORE_CASE(an_overseer_is_given_neither_opinion_nor_floor),
    STORE_CASE(the_office_takes_the_place_of_a_named_secretary),
    STORE_CASE(a_named_secretary_records_nobodys_words_on_it),
    STORE_CASE(a_clock_says_what_it_counts_from),
    STORE_CASE(after_the_last_round_not_agreed_stands_until_the_author_agrees),
    STORE_CASE(who_leaves_hands_over_what_they_owe),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
