// SPDX-License-Identifier: AGPL-3.0-or-later
// How life in a hall goes through it: what takes longer than the morning.
#include "scene.h"

#include "actions/document_facts.h"

#define EXTEND_TO(due_)                              \
    .with = {{PARAM_REASON, .text = "Nhiều ngành."}, \
             {PARAM_AGENCY, .text = "Phường"},       \
             {PARAM_DUE, .number = (due_)},          \
             {PARAM_TEXT, .text = "Địa chính chủ trì."}}
#define NOTICE(agency_, expected_, how_)              \
    .with = {{PARAM_AGENCY, .text = (agency_)},       \
             {PARAM_EXPECTED, .number = (expected_)}, \
             {PARAM_TEXT, .text = "Xin báo."},        \
             {PARAM_HOW, .number = (how_)}}
#define REFER(agency_) \
    .with = {{PARAM_AGENCY, .text = (agency_)}, {PARAM_REFER_REASON, .number = REFER_BEYOND}}
#define AGENCY(result_, day_)                     \
    .with = {{PARAM_RESULT, .number = (result_)}, \
             {PARAM_DATE, .number = (day_)},      \
             {PARAM_TEXT, .text = "Trả lời của cơ quan."}}
#define CONCLUDE(outcome_) \
    .with = {{PARAM_OUTCOME, .number = (outcome_)}, {PARAM_TEXT, .text = "Thống nhất."}}

static bool overdue(struct scene *s, int64_t n, int month, int day)
{
    struct opinion o = opinion_now(s, n);
    return opinion_is_overdue(&o, on(month, day));
}

STORE_TEST(complex_several_departments)
{
    RULE("R57 R58 R59");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_URBAN, "Cổng trường kẹt xe.");
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ASSIGN, n,
                 .with = {{PARAM_TO, .text = "diachinh"}, {PARAM_WITH, .text = "congan"}}),
              REFUSAL_NONE);
    check_text(last_item(s, n, ITEM_ASSIGNMENT)->refs, "congan");
    scene_close(s);
    at(s, 7, 10, 8, 0);
    check_int(DO(s, "chutich", ACT_EXTEND, n, EXTEND_TO(on(8, 20))), REFUSAL_WRONG_STATE);
    check_int(
        DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_AUTHORITY, .number = AUTHORITY_COMPLEX}}),
        REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_EXTEND, n, EXTEND_TO(on(7, 20))), REFUSAL_INVALID);
    check_int(DO(s, "vanphong", ACT_EXTEND, n, EXTEND_TO(on(8, 20))), REFUSAL_FORBIDDEN);
    check_int(DO(s, "chutich", ACT_EXTEND, n, EXTEND_TO(on(8, 20))), REFUSAL_NONE);
    // Until the notice is delivered the old date stands.
    check_int(opinion_now(s, n).due_legal, on(7, 22));
    check(overdue(s, n, 7, 23));
    check_int(DO(s, "vanphong", ACT_NOTIFY, n, NOTICE("Phường", on(8, 21), REPLY_PAGE)),
              REFUSAL_DUE_TOO_LATE);
    check_int(DO(s, "vanphong", ACT_NOTIFY, n, NOTICE("Phường", on(8, 20), REPLY_LETTER)),
              REFUSAL_PROOF_REQUIRED);
    check_int(DO(s, "vanphong", ACT_NOTIFY, n, NOTICE("Phường", on(8, 20), REPLY_LETTER),
                 .proof_kind = PROOF_SIGNATURE, .proof = "ký nhận"),
              REFUSAL_NONE);
    struct opinion o = opinion_now(s, n);
    check_int(o.due_legal, on(8, 20));
    check(o.extended && o.state == OPINION_OWED);
    check_text(o.responsible, "diachinh");
    check_int(count_items(s, n, ITEM_DUE), 3); // provisional, from the close, extended: all kept
    check_sound(s);
    scene_free(s);
}

STORE_TEST(beyond_authority)
{
    RULE("R56 R59 R80 R81 R82");
    struct scene *s = scene_new(engine_store(engine));
    int64_t told = scene_relayed(s, FIELD_SECURITY, "Đèn tín hiệu."),
            untold = scene_relayed(s, FIELD_SECURITY, "Xe buýt."),
            refused = scene_relayed(s, FIELD_SECURITY, "Mất điện.");
    scene_open(s);
    check_int(DO(s, "chutich", ACT_REFER, told, REFER("Sở")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_REFER, untold, REFER("Sở")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_REFER, refused, REFER("Điện lực")), REFUSAL_NONE);
    check_text(opinion_now(s, told).responsible, "Sở");
    scene_close(s);
    at(s, 6, 24, 8, 0);
    check_int(DO(s, "vanphong", ACT_NOTIFY, told, NOTICE("Sở", on(8, 20), REPLY_PAGE)),
              REFUSAL_NONE);
    // Without a delivered notice it runs on the 30-day clock, also at the agency.
    check_int(opinion_now(s, untold).due_legal, on(7, 22));
    check(overdue(s, untold, 7, 23) && !overdue(s, told, 7, 23));
    check_int(opinion_now(s, told).due_legal, on(8, 20));
    at(s, 7, 12, 8, 0);
    check_int(DO(s, "vanphong", ACT_AGENCY_REPLY, refused, AGENCY(AGENCY_REFUSED, on(7, 13))),
              REFUSAL_INVALID); // a day that has not come
    check_int(DO(s, "vanphong", ACT_AGENCY_REPLY, refused, AGENCY(AGENCY_REFUSED, on(7, 12))),
              REFUSAL_NONE);
    struct opinion o = opinion_now(s, refused);
    check_int(o.state, OPINION_OWED); // back at the ward, on a clock from the refusal
    check_text(o.responsible, "congan");
    check_int(o.due_start, on(7, 12));
    check_int(o.due_legal, on(8, 12));
    at(s, 8, 12, 8, 0);
    check_int(DO(s, "vanphong", ACT_AGENCY_REPLY, told, AGENCY(AGENCY_ANSWERED, on(8, 10))),
              REFUSAL_NONE);
    check_int(opinion_now(s, told).state, OPINION_ANSWERED);
    check_text(last_item(s, told, ITEM_ANSWER)->body, "Sở");
    check_sound(s);
    scene_free(s);
}

STORE_TEST(agreeing_is_a_verdict_not_an_end)
{
    RULE("R84");
    struct scene *s = scene_new(engine_store(engine));
    int64_t agreed = scene_relayed(s, FIELD_URBAN, "Một"),
            silent = scene_relayed(s, FIELD_URBAN, "Hai");
    scene_open(s);
    at(s, 6, 20, 9, 0);
    check_int(DO(s, "chutich", ACT_ANSWER, agreed, ANSWER(MODE_SPOKEN, "Được.")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_ANSWER, silent, ANSWER(MODE_SPOKEN, "Được.")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_CONCLUDE, agreed, CONCLUDE(OUTCOME_AGREED)),
              REFUSAL_AUTHOR_WINDOW_OPEN);
    check_int(DO(s, "public", ACT_AGREE, agreed), REFUSAL_UNAUTHENTICATED);
    check_int(DO(s, "author", ACT_AGREE, agreed), REFUSAL_NONE);
    check_int(opinion_now(s, agreed).state, OPINION_ANSWERED);
    check_int(opinion_now(s, agreed).verdict, VERDICT_AGREED);
    scene_close(s);
    at(s, 6, 21, 8, 0);
    check_int(DO(s, "chutich", ACT_CONCLUDE, agreed, CONCLUDE(OUTCOME_SILENT)),
              REFUSAL_AUTHOR_WINDOW_OPEN);
    check_int(DO(s, "chutich", ACT_CONCLUDE, agreed, CONCLUDE(OUTCOME_AGREED)), REFUSAL_NONE);
    check_int(opinion_now(s, agreed).outcome, OUTCOME_AGREED);
    // Fifteen days from the delivery: 05/07 is still the author's.
    at(s, 7, 5, 23, 0);
    scene_timer(s);
    check_int(opinion_now(s, silent).state, OPINION_ANSWERED);
    check_int(DO(s, "chutich", ACT_CONCLUDE, silent, CONCLUDE(OUTCOME_SILENT)),
              REFUSAL_AUTHOR_WINDOW_OPEN);
    at(s, 7, 6, 0, 5);
    scene_timer(s);
    check_int(opinion_now(s, silent).state, OPINION_CONCLUDED);
    check_int(opinion_now(s, silent).outcome, OUTCOME_SILENT); // counted apart
    check_text(last_entry(s, silent, CHAIN_MAIN, NULL).action, "lapse");
    check_sound(s);
    scene_free(s);
}

/// Answers in writing and lets the author go on.
static void another_round(struct scene *s, int64_t n, int month, int day)
{
    at(s, month, day, 8, 0);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_WRITTEN, "Trả lời.")), REFUSAL_NONE);
    at(s, month, day, 20, 0);
    check_int(DO(s, "author", ACT_CONTINUE, n, TEXT("Tôi chưa đồng ý.")), REFUSAL_NONE);
}

STORE_TEST(continuing_opens_the_next_round)
{
    RULE("R83 R84");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_URBAN, "Ngập.");
    scene_open(s);
    at(s, 6, 20, 9, 0);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Sẽ làm.")), REFUSAL_NONE);
    check_int(DO(s, "author", ACT_CONTINUE, n, TEXT("Bao giờ?")), REFUSAL_NONE);
    check_int(opinion_now(s, n).state, OPINION_ON_FLOOR); // in the hall it goes on at once
    check_int(opinion_now(s, n).round, 2);
    scene_close(s);
    check_int(opinion_now(s, n).state, OPINION_OWED);
    another_round(s, n, 7, 1);
    struct opinion o = opinion_now(s, n);
    check_int(o.round, 3);
    check_int(o.state, OPINION_OWED);
    check_int(o.due_start, on(7, 1)); // a clock of its own
    check_int(o.due_legal, on(7, 31));
    another_round(s, n, 7, 10); // the third is the last
    o = opinion_now(s, n);
    check_int(o.state, OPINION_ANSWERED);
    check_int(o.verdict, VERDICT_NOT_AGREED);
    check_int(o.round, 3);
    check_int(DO(s, "author", ACT_CONTINUE, n, TEXT("Nữa.")), REFUSAL_ROUNDS_USED);
    check_int(DO(s, "chutich", ACT_CONCLUDE, n, CONCLUDE(OUTCOME_AGREED)),
              REFUSAL_AUTHOR_WINDOW_OPEN);
    check_int(DO(s, "chutich", ACT_CONCLUDE, n, CONCLUDE(OUTCOME_NOT_AGREED)), REFUSAL_NONE);
    check_int(opinion_now(s, n).outcome, OUTCOME_NOT_AGREED);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(what_an_author_says_in_the_hall)
{
    RULE("R64 R74 R84");
    struct scene *s = scene_new(engine_store(engine));
    struct submission words = submission_of(CHANNEL_KHOM, FIELD_URBAN, "Rác.");
    int64_t n = scene_submit(s, "khom1", &words);
    check_int(DO(s, "thuky", ACT_RELAY, n), REFUSAL_NONE);
    scene_open(s);
    at(s, 6, 20, 9, 0);
    check_int(DO(s, "chutich", ACT_ASK_BACK, n, TEXT("Ở đâu?")), REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_REPLY, n, .behalf = BEHALF_AUTHOR, TEXT("Đầu hẻm.")),
              REFUSAL_PROOF_REQUIRED);
    check_int(DO(s, "thuky", ACT_REPLY, n, FOR_AUTHOR(PROOF_HEARD, "nói"), TEXT("Đầu hẻm.")),
              REFUSAL_NONE);
    check_int(last_item(s, n, ITEM_REPLY)->behalf, BEHALF_AUTHOR); // counted apart
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_SPOKEN, "Sẽ dọn.")), REFUSAL_NONE);
    check_int(DO(s, "khom1", ACT_AGREE, n, FOR_AUTHOR(PROOF_SIGNATURE, "ký")), REFUSAL_FORBIDDEN);
    check_int(DO(s, "thuky", ACT_AGREE, n, FOR_AUTHOR(PROOF_HEARD, "gật đầu")), REFUSAL_NONE);
    int64_t agreed = s->entry;
    check_int(opinion_now(s, n).verdict, VERDICT_AGREED);
    // A withdrawal by proxy must not become a way to discard.
    check_int(DO(s, "thuky", ACT_WITHDRAW, n, FOR_AUTHOR(PROOF_HEARD, "thôi")),
              REFUSAL_PROOF_REQUIRED);
    scene_close(s);
    at(s, 6, 22, 8, 0);
    check_int(DO(s, "author", ACT_REVOKE, n, .with = {{PARAM_ENTRY, .number = agreed + 1000}}),
              REFUSAL_INVALID);
    check_int(DO(s, "author", ACT_REVOKE, n, .with = {{PARAM_ENTRY, .number = agreed}}),
              REFUSAL_NONE);
    check_int(opinion_now(s, n).verdict, VERDICT_NONE);
    // Afterwards khóm or office; what was heard is over.
    check_int(DO(s, "thuky", ACT_AGREE, n, FOR_AUTHOR(PROOF_SIGNATURE, "ký")), REFUSAL_FORBIDDEN);
    check_int(DO(s, "khom2", ACT_AGREE, n, FOR_AUTHOR(PROOF_SIGNATURE, "ký")), REFUSAL_FORBIDDEN);
    check_int(DO(s, "khom1", ACT_AGREE, n, FOR_AUTHOR(PROOF_HEARD, "nói")), REFUSAL_INVALID);
    check_int(DO(s, "khom1", ACT_WITHDRAW, n, FOR_AUTHOR(PROOF_SIGNATURE, "giấy rút")),
              REFUSAL_NONE);
    check_int(opinion_now(s, n).state, OPINION_ANSWERED); // until the chair approves
    check_int(DO(s, "vanphong", ACT_APPROVE, n, .with = {{PARAM_WITHDRAWAL, .number = 1}}),
              REFUSAL_FORBIDDEN);
    check_int(DO(s, "chutich", ACT_APPROVE, n, .with = {{PARAM_WITHDRAWAL, .number = 1}}),
              REFUSAL_NONE);
    check_int(opinion_now(s, n).state, OPINION_WITHDRAWN);
    int64_t withdrawn = last_item(s, n, ITEM_WITHDRAWAL)->entry;
    check_int(DO(s, "author", ACT_REVOKE, n, .with = {{PARAM_ENTRY, .number = withdrawn}}),
              REFUSAL_NONE);
    check_int(opinion_now(s, n).state, OPINION_OWED);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(who_agrees_or_goes_on_has_the_answer)
{
    RULE("R84");
    struct scene *s = scene_new(engine_store(engine));
    struct submission words = submission_of(CHANNEL_SLIP, FIELD_URBAN, "Rác.");
    words.reply_by = REPLY_LETTER;
    int64_t n = scene_submit(s, "thuky", &words), other = scene_submit(s, "thuky", &words);
    check_int(DO(s, "thuky", ACT_RELAY, n), REFUSAL_NONE);
    check_int(DO(s, "thuky", ACT_RELAY, other), REFUSAL_NONE);
    scene_open(s);
    scene_close(s);
    at(s, 7, 1, 8, 0);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_WRITTEN, "Sẽ dọn.")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_ANSWER, other, ANSWER(MODE_WRITTEN, "Sẽ dọn.")), REFUSAL_NONE);
    check_int(opinion_now(s, n).delivered_ms, 0); // the letter is still on its way
    check_int(DO(s, "author", ACT_AGREE, n), REFUSAL_NONE);
    check(opinion_now(s, n).delivered_ms != 0 && last_item(s, n, ITEM_ANSWER)->delivered_ms != 0);
    check_int(DO(s, "author", ACT_CONTINUE, other, TEXT("Bao giờ?")), REFUSAL_NONE);
    check(last_item(s, other, ITEM_ANSWER)->delivered_ms != 0);
    check_int(DO(s, "chutich", ACT_CONCLUDE, n, CONCLUDE(OUTCOME_AGREED)), REFUSAL_NONE);
    check_sound(s);
    scene_free(s);
}

/// The minutes as a document says them.
static const char *minutes_now(struct scene *s)
{
    BUF out = {0};
    struct document_file file = {.format = DOC_TXT, .out = &out};
    const struct document_request request = {.type = DOC_MINUTES,
                                             .unit = s->unit,
                                             .dialogue = s->dialogue,
                                             .now_ms = clock_now_ms(&s->app.clock)};
    STORE_READ ro = NULL;
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    ensure(document_make(&s->app, store_ro_sql(ro), &request, &s->arena, &file) == STATUS_OK);
    return arena_strdup(&s->arena, buf_text(&out));
}

STORE_TEST(what_was_signed_stays_though_nobody_had_saved_a_text)
{
    RULE("R72 R84");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_URBAN, "Hẻm 7 ngập.");
    scene_open(s);
    scene_close(s);
    const char *drafted = minutes_now(s);
    check(strstr(drafted, "Lĩnh vực: Văn minh đô thị") != NULL);
    check_int(DIALOGUE(s, "thuky", DACT_SIGN_MINUTES), REFUSAL_NONE);
    check_text(minutes_now(s), drafted);
    check_int(DIALOGUE(s, "chutich", DACT_SIGN_MINUTES), REFUSAL_NONE);
    at(s, 6, 25, 8, 0);
    check_int(DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_FIELD, .number = FIELD_SECURITY}}),
              REFUSAL_NONE);
    check(strstr(minutes_now(s), "Lĩnh vực: Văn minh đô thị") != NULL);
    check(strstr(minutes_now(s), "An ninh") == NULL);
    // Sealed later, its words leave the text; what was signed is with the custodians.
    check_int(DO(s, "thuky", ACT_DIVERT, n,
                 .with = {{PARAM_DIVERT_TO, .number = DIVERT_DENUNCIATION},
                          {PARAM_REASON, .text = "Là tố cáo"}}),
              REFUSAL_NONE);
    check(strstr(minutes_now(s), "Hẻm 7") == NULL);
    check(strstr(minutes_now(s), "được rút khỏi bản này") != NULL);
    check_sound(s);
    scene_free(s);
}

static const struct store_case cases[] = {
    STORE_CASE(who_agrees_or_goes_on_has_the_answer),
    STORE_CASE(complex_several_departments),
    STORE_CASE(beyond_authority),
    STORE_CASE(agreeing_is_a_verdict_not_an_end),
    STORE_CASE(continuing_opens_the_next_round),
    STORE_CASE(what_an_author_says_in_the_hall),
    STORE_CASE(what_was_signed_stays_though_nobody_had_saved_a_text),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
