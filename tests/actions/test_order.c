// SPDX-License-Identifier: AGPL-3.0-or-later
// How life in a hall goes through it: groups, mistakes, the sealed matter, the close.
#include "scene.h"

#define GROUP(lead_) .with = {{PARAM_LEAD, .number = (lead_)}}

static int64_t slip(struct scene *s, const char *content)
{
    struct submission words = submission_of(CHANNEL_SLIP, FIELD_CONSTRUCTION, content);
    return scene_submit(s, "thuky", &words);
}

STORE_TEST(grouping)
{
    RULE("R13 R51 R60");
    struct scene *s = scene_new(engine_store(engine));
    int64_t lead = scene_relayed(s, FIELD_CONSTRUCTION, "Ngập."), member[4];
    for (int i = 0; i < 4; i++)
        member[i] = slip(s, "Cũng ngập.");
    for (int i = 0; i < 4; i++)
        check_int(DO(s, "thuky", ACT_GROUP, member[i], GROUP(lead)), REFUSAL_NONE);
    check_int(opinion_now(s, member[0]).state, OPINION_RELAYED); // grouping relays
    check(is_indexed(s, member[0]));
    check_int(opinion_now(s, member[3]).group_lead, lead);
    check_text(opinion_now(s, member[3]).content, "Cũng ngập."); // keeps its own words
    // Nobody's own case, in scope, one group only.
    int64_t about = scene_relayed(s, FIELD_CONDUCT, "Cán bộ hẹn."), off = slip(s, "Xổ số.");
    check_int(DO(s, "thuky", ACT_CLASSIFY, about, .with = {{PARAM_NAMED, .text = "diachinh"}}),
              REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_GROUP, about, GROUP(lead)), REFUSAL_OWN_CASE);
    check_int(DO(s, "thuky", ACT_CLASSIFY, off, .with = {{PARAM_SCOPE, .number = SCOPE_OFF}}),
              REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_GROUP, off, GROUP(lead)), REFUSAL_WRONG_STATE);
    check_int(DO(s, "thuky", ACT_GROUP, lead, GROUP(lead)), REFUSAL_WRONG_STATE);
    scene_open(s);
    at(s, 6, 20, 9, 0);
    // An act of the chair on the lead is done to all, in one transaction.
    check_int(DO(s, "chutich", ACT_CALL, lead), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_GIVE_FLOOR, lead, TO("diachinh")), REFUSAL_NONE);
    for (int i = 0; i < 4; i++)
        check_int(opinion_now(s, member[i]).state, OPINION_ON_FLOOR);
    check_int(DO(s, "diachinh", ACT_ANSWER, lead, ANSWER(MODE_SPOKEN, "Sẽ nạo vét.")),
              REFUSAL_NONE);
    for (int i = 0; i < 4; i++) {
        check_int(opinion_now(s, member[i]).state, OPINION_ANSWERED);
        check_text(last_item(s, member[i], ITEM_ANSWER)->person, "diachinh");
    }
    // Agreeing and going on are each member's own.
    check_int(DO(s, "author", ACT_AGREE, lead), REFUSAL_NONE);
    check_int(opinion_now(s, member[0]).verdict, VERDICT_NONE);
    check_int(DO(s, "author", ACT_CONTINUE, member[0], TEXT("Chưa rõ.")), REFUSAL_NONE);
    check_int(opinion_now(s, member[0]).group_lead, 0);
    check_int(opinion_now(s, lead).group_lead, lead);
    // If it led, the lowest number left leads.
    check_int(DO(s, "author", ACT_WITHDRAW, lead), REFUSAL_NONE);
    check_int(opinion_now(s, lead).group_lead, 0);
    for (int i = 1; i < 4; i++)
        check_int(opinion_now(s, member[i]).group_lead, member[1]);
    check_int(DO(s, "thuky", ACT_DIVERT, member[2],
                 .with = {{PARAM_DIVERT_TO, .number = DIVERT_PROCEDURE},
                          {PARAM_REASON, .text = "Thủ tục."}}),
              REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_UNGROUP, member[3]), REFUSAL_NONE);
    check_int(opinion_now(s, member[1]).group_lead, 0); // one alone is no group
    check_sound(s);
    scene_free(s);
}

STORE_TEST(a_draft_approved_for_the_lead_answers_all)
{
    RULE("R76 R78");
    struct scene *s = scene_new(engine_store(engine));
    int64_t lead = scene_relayed(s, FIELD_CONSTRUCTION, "Ngập."), other = slip(s, "Cũng ngập.");
    check_int(DO(s, "thuky", ACT_GROUP, other, GROUP(lead)), REFUSAL_NONE);
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ASSIGN, lead, TO("diachinh")), REFUSAL_NONE);
    check_int(opinion_now(s, other).state, OPINION_OWED);
    scene_close(s);
    at(s, 7, 1, 8, 0);
    check_int(DO(s, "diachinh", ACT_DRAFT, lead, TEXT("Nạo vét trong tháng 9.")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_APPROVE, lead), REFUSAL_NONE);
    check_int(opinion_now(s, other).state, OPINION_ANSWERED);
    check_text(last_item(s, other, ITEM_ANSWER)->text, "Nạo vét trong tháng 9.");
    check_sound(s);
    scene_free(s);
}

STORE_TEST(what_the_chair_sends_back_or_sets_off_topic_goes_for_the_group)
{
    RULE("R64 R65 R66 R78");
    struct scene *s = scene_new(engine_store(engine));
    int64_t lead = scene_relayed(s, FIELD_CONSTRUCTION, "Ngập."), other = slip(s, "Cũng ngập."),
            owed = scene_relayed(s, FIELD_SECURITY, "Ngập nữa.");
    scene_open(s);
    check_int(DO(s, "thuky", ACT_GROUP, other, GROUP(lead)), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_ASSIGN, lead, TO("diachinh")), REFUSAL_NONE);
    check_int(DO(s, "diachinh", ACT_ANSWER, lead, ANSWER(MODE_WRITTEN, "Dự thảo.")), REFUSAL_NONE);
    check_int(last_item(s, other, ITEM_DRAFT)->status, ITEM_WAITING);
    check_int(DO(s, "chutich", ACT_REJECT, lead, REASON("Chưa đủ.")), REFUSAL_NONE);
    check_int(last_item(s, other, ITEM_DRAFT)->status, ITEM_VOID);
    check_text(last_item(s, other, ITEM_REASON)->text, "Chưa đủ.");
    // What an assignee asks is asked of one; what the chair asks, of all.
    check_int(DO(s, "diachinh", ACT_ASK_BACK, lead, TEXT("Từ bao giờ?")), REFUSAL_NONE);
    check_int(count_items(s, other, ITEM_ASK_BACK), 0);
    check_int(DO(s, "chutich", ACT_ASK_BACK, lead, TEXT("Ở đâu?")), REFUSAL_NONE);
    check_int(count_items(s, other, ITEM_ASK_BACK), 1);
    // Off topic is answered one by one: nobody is grouped any more, the clock goes on.
    check_int(DO(s, "chutich", ACT_ASSIGN, owed, TO("congan")), REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_GROUP, owed, GROUP(lead)), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_CALL, lead), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_RETURN, owed), REFUSAL_NONE);
    check_int(opinion_now(s, owed).state, OPINION_OWED);
    check_int(DO(s, "chutich", ACT_SET_OFF_TOPIC, lead), REFUSAL_NONE);
    const int64_t all[] = {lead, other, owed};
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        struct opinion o = opinion_now(s, all[i]);
        check(o.state == OPINION_OWED && o.scope == SCOPE_OFF && o.group_lead == 0);
        check_int(o.due_legal, on(7, 22));
    }
    check_text(opinion_now(s, owed).responsible, "congan");
    check_sound(s);
    scene_free(s);
}

STORE_TEST(mistakes_have_their_verbs)
{
    RULE("R75");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_SECURITY, "Đường bễ.");
    int before = 0, after = 0;
    last_entry(s, n, CHAIN_MAIN, &before);
    // Wrong relay.
    check_int(DO(s, "thuky", ACT_RECALL, n, REASON("Nhầm.")), REFUSAL_NONE);
    check_int(opinion_now(s, n).state, OPINION_RECEIVED);
    check(!is_indexed(s, n) && !can_see(s, "chutich", n));
    check_int(DO(s, "thuky", ACT_RELAY, n), REFUSAL_NONE);
    check(can_see(s, "chutich", n));
    // Wrong field, typo.
    check_int(DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_FIELD, .number = FIELD_URBAN}}),
              REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_CORRECT, n,
                 .with = {{PARAM_TEXT, .text = "Đường bể."}, {PARAM_REASON, .text = "Chính tả."}}),
              REFUSAL_NONE);
    check_text(opinion_now(s, n).content, "Đường bể.");
    check_text(last_item(s, n, ITEM_EDIT)->text, "Đường bễ."); // the first text stays
    struct submission own = submission_of(CHANNEL_ONLINE, FIELD_URBAN, "Tự gửi.");
    int64_t online = scene_submit(s, "public", &own);
    check_int(DO(s, "thuky", ACT_CORRECT, online,
                 .with = {{PARAM_TEXT, .text = "Khác."}, {PARAM_REASON, .text = "Sửa."}}),
              REFUSAL_FORBIDDEN); // what people wrote themselves is theirs
    check_int(DO(s, "author", ACT_AMEND, online, TEXT("Tự gửi, đã sửa.")), REFUSAL_NONE);
    // Mis-call: back where it was, with what it owed.
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ASSIGN, n, TO("diachinh")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_CALL, n), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_RETURN, n), REFUSAL_NONE);
    struct opinion o = opinion_now(s, n);
    check_int(o.state, OPINION_OWED);
    check_text(o.responsible, "diachinh");
    check_int(o.due_legal, on(7, 22));
    // Lost receipt: with proof, and the old one is void.
    check_int(DO(s, "vanphong", ACT_REISSUE_RECEIPT, n), REFUSAL_PROOF_REQUIRED);
    char old[RECEIPT_SIZE];
    memcpy(old, s->receipts[n % SCENE_OPINIONS], RECEIPT_SIZE);
    check_int(DO(s, "vanphong", ACT_REISSUE_RECEIPT, n, .proof_kind = PROOF_TWO_NAMES,
                 .proof = "Hai người làm chứng"),
              REFUSAL_NONE);
    check(strcmp(old, s->receipts[n % SCENE_OPINIONS]) != 0);
    check_int(DO(s, "author", ACT_REPLY, n, TEXT("Tôi đây.")), REFUSAL_NONE);
    memcpy(s->receipts[n % SCENE_OPINIONS], old, RECEIPT_SIZE);
    check_int(DO(s, "author", ACT_REPLY, n, TEXT("Tôi đây.")), REFUSAL_FORBIDDEN);
    // Undoing is a new entry, never a removal.
    last_entry(s, n, CHAIN_MAIN, &after);
    check_int(after, before + 9);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(a_denunciation_in_the_normal_form)
{
    RULE("R46 R47");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_ANTICORRUPTION, "Tôi tố cáo."), other = slip(s, "Ngập.");
    check(is_indexed(s, n) && can_see(s, "hdnd", n) && can_see(s, "public", n));
    scene_open(s);
    at(s, 6, 20, 9, 17);
    check_int(
        DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_VISIBILITY, .number = VISIBILITY_SEALED}}),
        REFUSAL_INVALID); // only divert seals
    int main_before = 0, main_after = 0;
    last_entry(s, n, CHAIN_MAIN, &main_before);
    check_int(DO(s, "thuky", ACT_DIVERT, n,
                 .with = {{PARAM_DIVERT_TO, .number = DIVERT_DENUNCIATION},
                          {PARAM_REASON, .text = "Là tố cáo."}}),
              REFUSAL_NONE);
    struct opinion o = opinion_now(s, n);
    check_int(o.state, OPINION_DIVERTED);
    check_int(o.visibility, VISIBILITY_SEALED);
    check(!is_indexed(s, n));
    static const char *const blind[] = {"public", "thuky", "chutich", "hdnd", "vanphong", "khom1"};
    for (size_t i = 0; i < ARRAY_LEN(blind); i++)
        check(!can_see(s, blind[i], n));
    check(can_see(s, "baomat1", n) && can_see(s, "author", n));
    // A chain of its own, to the day and not the second; anchored in the main one.
    last_entry(s, n, CHAIN_MAIN, &main_after);
    check_int(main_after, main_before);
    struct entry sealed = last_entry(s, n, CHAIN_SEALED, NULL);
    check_text(sealed.action, "divert");
    check_int(sealed.at_ms, instant_at(on(6, 20), 0, 0));
    check_int(last_item(s, n, ITEM_REASON)->at_ms, instant_at(on(6, 20), 0, 0));
    at(s, 6, 21, 0, 5);
    scene_timer(s);
    check_sound(s);
    // The notice is the custodian's; and only the custodian may bring it back.
    check_int(DO(s, "vanphong", ACT_NOTIFY, n,
                 .with = {{PARAM_AGENCY, .text = "Thanh tra"},
                          {PARAM_HOW, .number = REPLY_PAGE},
                          {PARAM_TEXT, .text = "Đã chuyển."}}),
              REFUSAL_NOT_FOUND);
    check_int(DO(s, "baomat1", ACT_NOTIFY, n,
                 .with = {{PARAM_AGENCY, .text = "Thanh tra"},
                          {PARAM_HOW, .number = REPLY_PAGE},
                          {PARAM_TEXT, .text = "Đã chuyển."}}),
              REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_RESTORE, n, REASON("Không phải.")), REFUSAL_NOT_FOUND);
    check_int(DO(s, "baomat1", ACT_RESTORE, n, REASON("Không phải tố cáo.")), REFUSAL_NONE);
    o = opinion_now(s, n);
    check_int(o.state, OPINION_OWED);
    check_int(o.visibility, VISIBILITY_STAFF);
    check(*o.responsible != 0 && o.due_legal != DAY_NONE);
    check(!is_indexed(s, other)); // and nothing is indexed before its relay
    check_sound(s);
    scene_free(s);
}

STORE_TEST(closing)
{
    RULE("R55 R78");
    struct scene *s = scene_new(engine_store(engine));
    int64_t never = slip(s, "Chưa chuyển."), relayed = scene_relayed(s, FIELD_CONSTRUCTION, "Một"),
            named = scene_relayed(s, FIELD_CONSTRUCTION, "Cán bộ địa chính hẹn."),
            set = scene_relayed(s, FIELD_SECURITY, "Hẹn ngày."),
            head = scene_relayed(s, FIELD_CONDUCT, "Về Chủ tịch.");
    check_int(DO(s, "thuky", ACT_CLASSIFY, named, .with = {{PARAM_NAMED, .text = "diachinh"}}),
              REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_CLASSIFY, head, .with = {{PARAM_ABOUT, .number = ABOUT_HEAD}}),
              REFUSAL_NONE);
    scene_open(s);
    struct submission words = submission_of(CHANNEL_SPOKEN, FIELD_SECURITY, "Đang nói");
    int64_t spoken = scene_submit(s, "thuky", &words);
    check_int(DO(s, "chutich", ACT_ASSIGN, set,
                 .with = {{PARAM_TO, .text = "congan"}, {PARAM_DUE, .number = on(7, 5)}}),
              REFUSAL_NONE);
    scene_close(s);
    struct opinion o = opinion_now(s, relayed);
    check_int(o.state, OPINION_OWED);
    check_text(o.responsible, "diachinh");
    check_int(o.due_start, on(6, 20));
    check_int(o.due_legal, on(7, 22)); // 30 days end on a Saturday
    check_int(o.due_safe, on(7, 19));
    check(!opinion_is_overdue(&o, on(7, 22)) && opinion_is_overdue(&o, on(7, 23)));
    check_text(opinion_now(s, spoken).responsible, "congan");
    check_int(opinion_now(s, set).due_legal, on(7, 5)); // a date set by a person stays
    check_text(opinion_now(s, named).responsible, "vanphong");
    check_text(opinion_now(s, head).responsible, "vanphong");
    // Never relayed: staff only, unindexed, the office's, until the secretary relays it.
    o = opinion_now(s, never);
    check_int(o.state, OPINION_OWED);
    check_text(o.responsible, "vanphong");
    check(!is_indexed(s, never) && !can_see(s, "public", never) && !can_see(s, "chutich", never));
    // A mis-tap: what nobody touched goes back.
    at(s, 6, 20, 11, 5);
    check_int(DO(s, "thuky", ACT_RELAY, never), REFUSAL_NONE);
    check_text(opinion_now(s, never).responsible, "diachinh");
    at(s, 6, 20, 11, 20);
    check_int(DIALOGUE(s, "chutich", DACT_REOPEN, REASON("Bấm nhầm.")), REFUSAL_NONE);
    check_int(opinion_now(s, relayed).state, OPINION_RELAYED);
    check_int(opinion_now(s, spoken).state, OPINION_ON_FLOOR);
    check_int(opinion_now(s, never).state, OPINION_OWED);
    at(s, 6, 20, 11, 30);
    check_int(DIALOGUE(s, "chutich", DACT_CLOSE), REFUSAL_NONE);
    at(s, 6, 20, 12, 5);
    check_int(DIALOGUE(s, "chutich", DACT_REOPEN, REASON("Quá muộn.")), REFUSAL_WRONG_STATE);
    // What comes in after the close enters the same way, counted from the close.
    at(s, 6, 24, 8, 0);
    words = submission_of(CHANNEL_PHONE, FIELD_SECURITY, "Gọi sau.");
    int64_t late = scene_submit(s, "vanphong", &words);
    o = opinion_now(s, late);
    check_int(o.state, OPINION_OWED);
    check_text(o.responsible, "vanphong");
    check_int(o.due_legal, on(7, 22));
    check_int(DIALOGUE(s, "thuky", DACT_SIGN_MINUTES), REFUSAL_NONE);
    check_int(DIALOGUE(s, "chutich", DACT_SIGN_MINUTES), REFUSAL_NONE);
    check_int(scene_submit(s, "vanphong", &words), 0); // until the minutes are signed
    check_int(DIALOGUE(s, "vanphong", DACT_PUBLISH_RESULTS), REFUSAL_NONE);
    check_int(DIALOGUE(s, "vanphong", DACT_COMPLETE), REFUSAL_NOT_READY);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(what_is_owed_before_the_close_counts_from_it_in_any_round)
{
    RULE("R55");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_CONSTRUCTION, "Một");
    scene_open(s);
    at(s, 6, 20, 9, 0);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Sẽ làm.")), REFUSAL_NONE);
    check_int(DO(s, "author", ACT_CONTINUE, n, TEXT("Bao giờ?")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_ASSIGN, n, TO("diachinh")), REFUSAL_NONE);
    check_int(opinion_now(s, n).due_start, on(6, 20)); // provisionally
    check_int(DIALOGUE(s, "chutich", DACT_ADJOURN,
                       .with = {{PARAM_RESUMES_AT, .number = instant_at(on(6, 24), 8, 0)}}),
              REFUSAL_NONE);
    at(s, 6, 24, 8, 0);
    check_int(DIALOGUE(s, "chutich", DACT_RESUME), REFUSAL_NONE);
    check_int(DIALOGUE(s, "chutich", DACT_CLOSE), REFUSAL_NONE);
    struct opinion o = opinion_now(s, n);
    check_int(o.due_start, on(6, 24));
    check_int(o.due_legal, on(7, 24));
    check_int(count_items(s, n, ITEM_DUE), 2); // both versions are kept
    check_sound(s);
    scene_free(s);
}

STORE_TEST(grouping_relays_what_came_after_the_close)
{
    RULE("R75");
    struct scene *s = scene_new(engine_store(engine));
    int64_t lead = scene_relayed(s, FIELD_CONSTRUCTION, "Ngập."), never = slip(s, "Cũng ngập.");
    scene_open(s);
    scene_close(s);
    check_text(opinion_now(s, never).responsible, "vanphong");
    check_int(DO(s, "thuky", ACT_GROUP, never, GROUP(lead)), REFUSAL_NONE);
    struct opinion o = opinion_now(s, never);
    check_int(o.state, OPINION_OWED);
    check(o.relayed && is_indexed(s, never));
    check_text(o.responsible, "diachinh"); // the officer of its field
    check_sound(s);
    scene_free(s);
}

STORE_TEST(who_is_named_decides_nothing)
{
    RULE("R48 R49 R50");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_CONDUCT, "Chủ tịch vắng buổi tiếp dân.");
    check_int(DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_ABOUT, .number = ABOUT_HEAD}}),
              REFUSAL_NONE);
    check_int(opinion_now(s, n).visibility, VISIBILITY_STAFF);
    scene_open(s);
    check_int(DO(s, "chutich", ACT_CALL, n), REFUSAL_NONE); // may be asked and speak to it
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Không sao.")), REFUSAL_OWN_CASE);
    check_int(DO(s, "thuky", ACT_ANSWER, n, .behalf = BEHALF_CHAIR, ANSWER(MODE_SPOKEN, "Không.")),
              REFUSAL_OWN_CASE);
    check_int(DO(s, "chutich", ACT_ASSIGN, n, TO("vanphong")), REFUSAL_OWN_CASE);
    // No second reader appointed: the deputy decides.
    check_int(DO(s, "vanphong", ACT_ASSIGN, n, TO("vanphong")), REFUSAL_FORBIDDEN);
    check_int(DO(s, "phochutich", ACT_ASSIGN, n, TO("vanphong")), REFUSAL_NONE);
    scene_close(s);
    at(s, 7, 1, 8, 0);
    check_int(DO(s, "vanphong", ACT_DRAFT, n, TEXT("Rà soát lịch tiếp dân.")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_APPROVE, n), REFUSAL_OWN_CASE);
    check_int(DO(s, "phochutich", ACT_APPROVE, n), REFUSAL_NONE);
    check_int(opinion_now(s, n).state, OPINION_ANSWERED);
    check_int(DO(s, "author", ACT_AGREE, n), REFUSAL_NONE);
    const struct scene_param outcome = {PARAM_OUTCOME, .number = OUTCOME_AGREED};
    check_int(DO(s, "chutich", ACT_CONCLUDE, n, .with = {{PARAM_TEXT, .text = "Xong."}, outcome}),
              REFUSAL_OWN_CASE);
    check_int(
        DO(s, "phochutich", ACT_CONCLUDE, n, .with = {{PARAM_TEXT, .text = "Xong."}, outcome}),
        REFUSAL_NONE);
    check_sound(s);
    scene_free(s);
}

static const struct store_case cases[] = {
    STORE_CASE(grouping),
    STORE_CASE(a_draft_approved_for_the_lead_answers_all),
    STORE_CASE(what_the_chair_sends_back_or_sets_off_topic_goes_for_the_group),
    STORE_CASE(mistakes_have_their_verbs),
    STORE_CASE(a_denunciation_in_the_normal_form),
    STORE_CASE(closing),
    STORE_CASE(what_is_owed_before_the_close_counts_from_it_in_any_round),
    STORE_CASE(grouping_relays_what_came_after_the_close),
    STORE_CASE(who_is_named_decides_nothing),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
