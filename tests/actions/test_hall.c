// SPDX-License-Identifier: AGPL-3.0-or-later
// How life in a hall goes through it: the scenes of the morning itself.
#include "scene.h"

STORE_TEST(spoken_from_the_floor)
{
    RULE("R74 R63");
    struct scene *s = scene_new(engine_store(engine));
    scene_open(s);
    at(s, 6, 20, 8, 30);
    struct submission words = submission_of(CHANNEL_SPOKEN, FIELD_OTHER, "Đường tối quá.");
    int64_t n = scene_submit(s, "thuky", &words); // no name, no phone
    check_fatal(n != 0);
    struct opinion o = opinion_now(s, n);
    check_int(o.state, OPINION_ON_FLOOR);
    check(o.relayed && o.created_by_staff);
    check_text(o.name, "");
    check_int(o.field, FIELD_OTHER);
    check(is_indexed(s, n));
    int entries = 0;
    struct entry entry = last_entry(s, n, CHAIN_MAIN, &entries);
    check_int(entries, 1); // recording it is the relay
    check_text(entry.action, "submit");
    check_int(entry.role, ROLE_SECRETARY);
    check_int(entry.to_state, OPINION_ON_FLOOR);
    at(s, 6, 20, 8, 40);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Sẽ thay bóng.")), REFUSAL_NONE);
    // The field may come later.
    check_int(DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_FIELD, .number = FIELD_URBAN}}),
              REFUSAL_NONE);
    check_int(opinion_now(s, n).field, FIELD_URBAN);
    // A khóm's record of what somebody said goes through the secretary.
    words.khom = 1;
    int64_t by_khom = scene_submit(s, "khom1", &words);
    check_int(opinion_now(s, by_khom).state, OPINION_RECEIVED);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(the_chair_does_not_tap)
{
    RULE("R72 R76");
    struct scene *s = scene_new(engine_store(engine));
    int64_t a = scene_relayed(s, FIELD_URBAN, "Một"), b = scene_relayed(s, FIELD_SECURITY, "Hai");
    check_int(DO(s, "thuky", ACT_REFER, a, .behalf = BEHALF_CHAIR,
                 .with = {{PARAM_AGENCY, .text = "Sở"}, {PARAM_REFER_REASON}}),
              REFUSAL_FORBIDDEN); // not before the opening
    check_int(DIALOGUE(s, "thuky", DACT_OPEN, .behalf = BEHALF_CHAIR), REFUSAL_NONE);
    at(s, 6, 20, 8, 10);
    check_int(DO(s, "thuky", ACT_CALL, a), REFUSAL_FORBIDDEN);
    check_int(DO(s, "diachinh", ACT_CALL, a, .behalf = BEHALF_CHAIR), REFUSAL_FORBIDDEN);
    check_int(DO(s, "thuky", ACT_CALL, a, .behalf = BEHALF_CHAIR), REFUSAL_NONE);
    struct entry entry = last_entry(s, a, CHAIN_MAIN, NULL);
    check_text(entry.actor, "thuky");
    check_int(entry.behalf, BEHALF_CHAIR);
    check_int(entry.role, ROLE_CHAIR);
    check_int(DO(s, "thuky", ACT_ANSWER, a, .behalf = BEHALF_CHAIR, ANSWER(MODE_SPOKEN, "Được.")),
              REFUSAL_NONE);
    check_text(last_item(s, a, ITEM_ANSWER)->person, "chutich");
    check_int(DIALOGUE(s, "thuky", DACT_ADJOURN, .behalf = BEHALF_CHAIR,
                       .with = {{PARAM_RESUMES_AT, .number = instant_at(on(6, 20), 9, 0)}}),
              REFUSAL_NONE);
    // While adjourned too: any act of the chair.
    check_int(DO(s, "thuky", ACT_CALL, b, .behalf = BEHALF_CHAIR), REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_ASSIGN, b, .behalf = BEHALF_CHAIR, TO("congan")), REFUSAL_NONE);
    check_int(opinion_now(s, b).state, OPINION_OWED);
    check_int(DIALOGUE(s, "thuky", DACT_CLOSE, .behalf = BEHALF_CHAIR), REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_ASSIGN, b, .behalf = BEHALF_CHAIR, TO("congan")),
              REFUSAL_FORBIDDEN);
    // The chair confirms them all with the minutes; on the chair's behalf only with the paper.
    check_int(DIALOGUE(s, "thuky", DACT_SIGN_MINUTES), REFUSAL_NONE);
    check_int(DIALOGUE(s, "thuky", DACT_SIGN_MINUTES, .behalf = BEHALF_CHAIR), REFUSAL_REQUIRED);
    check_int(DIALOGUE(s, "thuky", DACT_SIGN_MINUTES, .behalf = BEHALF_CHAIR,
                       .with = {{PARAM_ATTACHMENT, .text = "bien-ban.pdf"}}),
              REFUSAL_NONE);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(an_officer_answers_on_the_spot)
{
    RULE("R52 R77 R83 R93");
    struct scene *s = scene_new(engine_store(engine));
    scene_open(s);
    at(s, 6, 20, 8, 30);
    struct submission words = submission_of(CHANNEL_SPOKEN, FIELD_SECURITY, "Ồn quá.");
    int64_t n = scene_submit(s, "thuky", &words);
    check_int(DO(s, "congan", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Sẽ nhắc.")), REFUSAL_FORBIDDEN);
    check_int(DO(s, "chutich", ACT_GIVE_FLOOR, n, TO("khongco")), REFUSAL_INVALID);
    check_int(DO(s, "chutich", ACT_GIVE_FLOOR, n, TO("congan")), REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_EXCHANGE, n,
                 .with = {{PARAM_SPEAKER, .text = "Hàng xóm"}, {PARAM_TEXT, .text = "Đúng vậy."}}),
              REFUSAL_NONE);
    check_text(last_item(s, n, ITEM_EXCHANGE)->person, "Hàng xóm");
    check_int(DO(s, "congan", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Sẽ nhắc.")), REFUSAL_NONE);
    struct opinion o = opinion_now(s, n);
    check_int(o.state, OPINION_ANSWERED); // not a draft
    check(o.delivered_ms != 0);           // heard by who asked
    check_int(o.window_end, on(7, 5));
    check_int(count_items(s, n, ITEM_DRAFT), 0);
    check_text(last_item(s, n, ITEM_ANSWER)->person, "congan");
    check_int(last_item(s, n, ITEM_ANSWER)->code, MODE_SPOKEN);
    // A second officer adds to it; recorded by the secretary under that officer's name.
    check_int(DO(s, "chutich", ACT_GIVE_FLOOR, n, TO("diachinh")), REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_SUPPLEMENT, n, .behalf = BEHALF_FLOOR,
                 .with = {{PARAM_KIND, .number = ANSWER_EXPLAIN}, {PARAM_TEXT, .text = "Thêm."}}),
              REFUSAL_NONE);
    check_text(last_item(s, n, ITEM_SUPPLEMENT)->person, "diachinh");
    check_int(opinion_now(s, n).state, OPINION_ANSWERED);
    scene_close(s);
    check_int(opinion_now(s, n).state, OPINION_ANSWERED); // it stays answered on the spot
    check_sound(s);
    scene_free(s);
}

STORE_TEST(half_beyond_authority_three_questions_in_one_breath)
{
    RULE("R56 R60 R80");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_OTHER, "Cây, điện và bảo hiểm?");
    scene_open(s);
    check_int(DO(s, "thuky", ACT_SPLIT, n, .with = {{PARAM_PARTS, .text = "Cây?"}}),
              REFUSAL_INVALID);
    check_int(DO(s, "thuky", ACT_SPLIT, n, .with = {{PARAM_PARTS, .text = "Cây?|Điện?|Bảo hiểm?"}}),
              REFUSAL_NONE);
    check_int(s->number_count, 3);
    check(s->numbers[0] == n && s->numbers[1] == n + 1 && s->numbers[2] == n + 2);
    check_text(opinion_now(s, n).content, "Cây?");
    check_text(last_item(s, n, ITEM_EDIT)->text, "Cây, điện và bảo hiểm?"); // the whole is kept
    struct opinion part = opinion_now(s, n + 1);
    check_text(part.content, "Điện?");
    check_int(part.state, OPINION_RELAYED);
    check_int(part.split_from, n);
    check(is_indexed(s, n + 1));
    check_text(last_entry(s, n + 1, CHAIN_MAIN, NULL).action, "split");
    check_int(DO(s, "chutich", ACT_REFER, n + 1,
                 .with = {{PARAM_AGENCY, .text = "Điện lực"},
                          {PARAM_REFER_REASON, .number = REFER_BEYOND}}),
              REFUSAL_NONE);
    check_int(opinion_now(s, n + 1).authority, AUTHORITY_BEYOND);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Tỉa trong tháng.")),
              REFUSAL_NONE);
    check_int(opinion_now(s, n).state, OPINION_ANSWERED);
    check_int(opinion_now(s, n + 2).state, OPINION_RELAYED);
    // One receipt opens them all.
    check_int(DO(s, "author", ACT_AGREE, n), REFUSAL_NONE);
    check_int(DO(s, "author", ACT_REPLY, n + 2, TEXT("Cho mẹ tôi.")), REFUSAL_NONE);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(off_topic)
{
    RULE("R65 R66 R67");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_OTHER, "Tìm việc cho con tôi."),
            back = scene_relayed(s, FIELD_URBAN, "Đèn đường.");
    scene_open(s);
    check_int(DO(s, "chutich", ACT_SET_OFF_TOPIC, n), REFUSAL_NONE);
    struct opinion o = opinion_now(s, n);
    check_int(o.state, OPINION_OWED);
    check_int(o.scope, SCOPE_OFF);
    check_text(o.responsible, "vanphong"); // somebody by name, until a day
    check_int(o.due_legal, on(7, 22));
    check(strstr(last_item(s, n, ITEM_PROMPT)->text, "trân trọng đề nghị") != NULL);
    // A spoken word alone never settles it.
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Gặp tôi sau.")),
              REFUSAL_OFF_TOPIC_NEEDS_WRITING);
    scene_close(s);
    at(s, 7, 1, 8, 0);
    check_int(DO(s, "vanphong", ACT_DRAFT, n, TEXT("Kính gửi bà.")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_APPROVE, n), REFUSAL_NONE);
    o = opinion_now(s, n);
    check_int(o.state, OPINION_ANSWERED);
    check_int(o.window_end, on(7, 16));
    at(s, 7, 17, 0, 5);
    scene_timer(s);
    check_int(opinion_now(s, n).state, OPINION_CONCLUDED);
    check_sound(s);
    // A misjudged one is classified back and lives on like any other.
    check_int(opinion_now(s, back).state, OPINION_OWED);
    scene_free(s);
}

STORE_TEST(a_misjudged_off_topic_one_is_classified_back)
{
    RULE("R65");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_URBAN, "Đèn đường.");
    scene_open(s);
    check_int(DO(s, "thuky", ACT_SET_OFF_TOPIC, n), REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_SCOPE, .number = SCOPE_IN}}),
              REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_CALL, n), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Sẽ thay.")), REFUSAL_NONE);
    check_int(opinion_now(s, n).state, OPINION_ANSWERED);
    check_sound(s);
    scene_free(s);
}

static const struct store_case cases[] = {
    STORE_CASE(spoken_from_the_floor),
    STORE_CASE(the_chair_does_not_tap),
    STORE_CASE(an_officer_answers_on_the_spot),
    STORE_CASE(half_beyond_authority_three_questions_in_one_breath),
    STORE_CASE(off_topic),
    STORE_CASE(a_misjudged_off_topic_one_is_classified_back),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
