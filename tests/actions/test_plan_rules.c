// SPDX-License-Identifier: AGPL-3.0-or-later
// What plan 66/KH-UBND asks of its papers, read off the papers that the program makes from the
// store: groups of participants, topics, steps, recipients, directives, what the law says.
#include "scene.h"

#include "actions/attendance.h"
#include "actions/document_facts.h"
#include "actions/reports.h"
#include "base/buf.h"

/// The document as plain text; what was asked for is in *request but type and place.
static const char *text_of(struct scene *s, enum doc_type type, int64_t opinion, const char *person)
{
    struct document_request request = {.type = type,
                                       .unit = s->unit,
                                       .dialogue = s->dialogue,
                                       .opinion = opinion,
                                       .person = person,
                                       .now_ms = clock_now_ms(&s->app.clock)};
    BUF out = {0};
    STORE_READ ro = NULL;
    struct document_file file = {.format = DOC_TXT, .out = &out};
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    check_int(document_make(&s->app, store_ro_sql(ro), &request, &s->arena, &file), STATUS_OK);
    return arena_strdup(&s->arena, buf_text(&out));
}

static void holds(const char *text, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(text, parts[i]) == NULL) printf("# missing: %s\n", parts[i]);
        check(strstr(text, parts[i]) != NULL);
    }
}
#define HOLDS(text, ...)                              \
    holds((text), (const char *const[]){__VA_ARGS__}, \
          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static int as(struct scene *s, const char *who, enum status (*run)(struct act *, struct store_tx *),
              void *extra)
{
    struct act *act = act_new(&s->app, s->unit);
    act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = who};
    act->run = run;
    act->target = s->dialogue;
    act->extra = extra;
    check_int(act_do(act), STATUS_OK);
    int code = (int)act->refusal.code;
    act_free(act);
    return code;
}

STORE_TEST(the_plan_names_every_group_of_participants)
{
    RULE("R22 R23 R24 R25 R26 R27 R28 R29 R30 R31 R32 R33 R35");
    struct scene *s = scene_new(engine_store(engine));
    HOLDS(text_of(s, DOC_PLAN, 0, NULL), "Đại diện Thường trực Đảng ủy phường",
          "Đại diện Thường trực Hội đồng nhân dân phường", "Lãnh đạo Ủy ban nhân dân phường",
          "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam phường",
          "Trưởng các tổ chức chính trị - xã hội phường",
          "Cán bộ, công chức và người hoạt động không chuyên trách phường",
          "Trưởng Trạm Y tế phường", "Đại diện Ban Giám hiệu các trường học trên địa bàn",
          "Bí thư Chi bộ", "Trưởng khóm, phó khóm", "Trưởng Ban công tác Mặt trận",
          "Trưởng các chi đoàn, chi hội", "Cấp phường", "Cấp khóm");
    scene_free(s);
}

STORE_TEST(the_plan_opens_the_topics_of_the_seed_and_leaves_the_list_open)
{
    RULE("R40 R41 R42 R43 R44 R45 R46 R47 R48");
    struct scene *s = scene_new(engine_store(engine));
    HOLDS(text_of(s, DOC_PLAN, 0, NULL),
          "nghị quyết của Đảng, Nhà nước và của Hội đồng nhân dân", // R40, R41
          "kinh tế, xây dựng cơ bản, văn hóa - xã hội, quân sự, an ninh trật tự",
          "Cải cách hành chính", "dân chủ ở cơ sở", "phường văn minh đô thị", "tham nhũng",
          "khiếu nại, tố cáo", "đạo đức");
    // R42: the list is open, an opinion in none of them is taken all the same.
    int64_t other =
        scene_relayed(s, FIELD_OTHER, "Việc này thuộc lĩnh vực nào thì xin phường xếp giúp");
    check(other != 0);
    check_int(opinion_now(s, other).field, FIELD_OTHER);
    scene_free(s);
}

STORE_TEST(an_opinion_of_every_kind_by_resident_or_business_about_whom_in_every_field)
{
    RULE("R11 R12 R16 R17 R18");
    struct scene *s = scene_new(engine_store(engine));
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        struct submission one =
            submission_of(CHANNEL_ONLINE, FIELD_OTHER, "Tâm tư, nguyện vọng của tôi");
        one.kind = kind;
        one.author_type = kind % 2 == 0 ? AUTHOR_RESIDENT : AUTHOR_BUSINESS;
        one.organisation = kind % 2 == 0 ? NULL : "Công ty May Mẫu";
        int64_t n = scene_submit(s, "public", &one);
        check(n != 0);
        check_int(opinion_now(s, n).kind, kind);
        check_int(opinion_now(s, n).author_type, one.author_type);
    }
    static const enum about about[] = {ABOUT_POLICY, ABOUT_PARTY, ABOUT_HEAD};
    for (size_t i = 0; i < ARRAY_LEN(about); i++) { // R16, R18: what or whom it is about
        int64_t n = scene_relayed(s, FIELD_CONDUCT, "Góp ý xây dựng Đảng, chính quyền");
        check_int(DO(s, "thuky", ACT_CLASSIFY, n, .with = {{PARAM_ABOUT, .number = about[i]}}),
                  REFUSAL_NONE);
        check_int(opinion_now(s, n).about, about[i]);
    }
    check_sound(s);
    scene_free(s);
}

STORE_TEST(the_chairs_report_has_its_three_parts_and_what_the_office_wrote)
{
    RULE("R37 R38 R39 R73");
    struct scene *s = scene_new(engine_store(engine));
    struct paper_texts texts = {.at = {[PAPER_ECONOMY] = "Thu ngân sách đạt 62 phần trăm dự toán.",
                                       [PAPER_MILITARY] = "Hoàn thành tuyển quân năm nay.",
                                       [PAPER_SECURITY] = "Số vụ trộm giảm ba vụ.",
                                       [PAPER_OTHER] = "Đường Khóm 4 còn ngập khi mưa lớn."}};
    check_int(as(s, "vanphong", run_texts_write, &texts), REFUSAL_NONE);
    HOLDS(text_of(s, DOC_REPORT, 0, NULL), "1. Mục đích", "2. Yêu cầu", "3. Nội dung chủ yếu",
          "Kinh tế - xã hội", texts.at[PAPER_ECONOMY], "Quân sự", texts.at[PAPER_MILITARY],
          "An ninh trật tự", texts.at[PAPER_SECURITY], texts.at[PAPER_OTHER]);
    scene_free(s);
}

STORE_TEST(a_policy_proposal_and_the_assessment_go_into_the_synthesis)
{
    RULE("R14 R90");
    struct scene *s = scene_new(engine_store(engine));
    struct paper_texts texts = {
        .at = {[PAPER_ASSESSMENT] = "Hội nghị diễn ra cởi mở.",
               [PAPER_PROPOSALS] = "Đề nghị sửa quy định về phí vệ sinh\nThêm điểm giữ xe"}};
    check_int(as(s, "vanphong", run_texts_write, &texts), REFUSAL_NONE);
    scene_open(s);
    scene_close(s);
    HOLDS(text_of(s, DOC_SYNTHESIS, 0, NULL), "Ban Thường vụ Đảng ủy", "Hội nghị diễn ra cởi mở.",
          "1. Đề nghị sửa quy định về phí vệ sinh.", "2. Thêm điểm giữ xe.");
    scene_free(s);
}

STORE_TEST(programme_and_house_rules_are_papers_of_the_session)
{
    RULE("R68 R69 R70 R71 R72 R73");
    struct scene *s = scene_new(engine_store(engine));
    const char *programme = text_of(s, DOC_PROGRAMME, 0, NULL);
    HOLDS(programme, "CHƯƠNG TRÌNH", "lý do", "giới thiệu đại biểu", "nội quy", "thư ký",
          "Báo cáo mục đích, yêu cầu, nội dung chủ yếu");
    HOLDS(text_of(s, DOC_RULES, 0, NULL), "NỘI QUY", "từ 3 đến 5 phút", "Đơn tố cáo được nộp riêng",
          "trả lời riêng bằng văn bản");
    scene_free(s);
}

STORE_TEST(a_directive_given_in_the_hall_is_a_task_with_a_date)
{
    RULE("R53");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = scene_relayed(s, FIELD_URBAN, "Hẻm 5 bị bể, xin sửa");
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ASSIGN, n,
                 .with = {{PARAM_TO, .text = "diachinh"},
                          {PARAM_DUE, .number = on(7, 5)},
                          {PARAM_DIRECTIVE, .text = "Khảo sát trong tuần, báo cáo cách sửa"}}),
              REFUSAL_NONE);
    scene_close(s);
    struct opinion o = opinion_now(s, n);
    check_int(o.state, OPINION_OWED);
    check_text(o.responsible, "diachinh");
    check_int(o.due_legal, on(7, 5));
    HOLDS(text_of(s, DOC_TASK, n, NULL), "Khảo sát trong tuần, báo cáo cách sửa");
    HOLDS(text_of(s, DOC_CONCLUSION, 0, NULL), "Khảo sát trong tuần, báo cáo cách sửa");
    scene_free(s);
}

STORE_TEST(an_answer_cites_the_law_and_the_minutes_say_so)
{
    RULE("R10 R61");
    struct scene *s = scene_new(engine_store(engine));
    static const char *const refs[] = {"Điều 5 Luật Bảo vệ môi trường"};
    int64_t n = scene_relayed(s, FIELD_URBAN, "Khi nào thu gom rác đúng giờ?");
    scene_open(s);
    struct act *act = act_new(&s->app, s->unit);
    act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = "chutich"};
    act->run = run_opinion_action;
    act->action = ACT_ANSWER;
    act->target = n;
    struct param_value *p = act->params.at;
    p[PARAM_MODE] = (struct param_value){.given = true, .number = MODE_SPOKEN};
    p[PARAM_KIND] = (struct param_value){.given = true, .number = ANSWER_EXPLAIN};
    p[PARAM_TEXT] = (struct param_value){.given = true, .text = "Từ tuần sau đi trước 8 giờ."};
    p[PARAM_LEGAL_REFS] = (struct param_value){.given = true, .lines = refs, .count = 1};
    check_int(act_do(act), STATUS_OK);
    check_int(act->refusal.code, REFUSAL_NONE);
    act_free(act);
    scene_close(s);
    HOLDS(text_of(s, DOC_MINUTES, 0, NULL), "Căn cứ: Điều 5 Luật Bảo vệ môi trường.");
    scene_free(s);
}

STORE_TEST(the_office_drafts_and_the_plan_is_not_issued_before_the_chair_approved)
{
    RULE("R6 R88");
    struct scene *s = scene_new(engine_store(engine));
    struct act *act = act_new(&s->app, s->unit);
    act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = "vanphong"};
    act->run = run_dialogue_create;
    struct param_value *p = act->params.at;
    p[PARAM_TITLE] = (struct param_value){.given = true, .text = "Đối thoại lần hai"};
    p[PARAM_PLACE] = (struct param_value){.given = true, .text = "Hội trường"};
    p[PARAM_PLANNED] = (struct param_value){.given = true, .text = "2024-11"};
    p[PARAM_YEAR] = p[PARAM_PROFILE] = (struct param_value){.given = true, .number = 2024};
    p[PARAM_SEATS] = (struct param_value){.given = true, .number = 80};
    check_int(act_do(act), STATUS_OK);
    check_int(act->refusal.code, REFUSAL_NONE);
    s->dialogue = act->answer.id;
    act_free(act);
    check(DIALOGUE(s, "vanthu", DACT_ISSUE, .with = {{PARAM_DATE, .number = on(6, 4)}}) !=
          REFUSAL_NONE);
    check_int(DIALOGUE(s, "vanphong", DACT_APPROVE), REFUSAL_FORBIDDEN); // who drafts does not
    check_int(DIALOGUE(s, "chutich", DACT_APPROVE), REFUSAL_NONE);
    check_int(DIALOGUE(s, "vanthu", DACT_ISSUE, .with = {{PARAM_DATE, .number = on(6, 4)}}),
              REFUSAL_NONE);
    scene_free(s);
}

STORE_TEST(the_plan_goes_to_everybody_on_its_list_of_recipients)
{
    RULE("R104 R105 R106 R107 R108 R109 R110");
    struct scene *s = scene_new(engine_store(engine));
    HOLDS(text_of(s, DOC_PLAN, 0, NULL), "Hội đồng nhân dân, UBND tỉnh", "Sở Nội vụ tỉnh",
          "Thường trực Đảng ủy, Hội đồng nhân dân phường",
          "Chủ tịch và các Phó Chủ tịch Ủy ban nhân dân phường",
          "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội phường",
          "Công chức chuyên môn và người hoạt động không chuyên trách phường",
          "Ban nhân dân các khóm", "Lưu: VT");
    scene_free(s);
}

STORE_TEST(invitation_list_minutes_and_synthesis_say_who_was_asked_and_who_came)
{
    RULE("R69 R87 R92 R102");
    struct scene *s = scene_new(engine_store(engine));
    struct invite_row one = {"Lê Thị Bé Năm", "tổ 3", NULL, PART_RESIDENTS, 1};
    check_int(as(s, "vanphong", run_invite_staff, NULL), REFUSAL_NONE);
    check_int(as(s, "khom1", run_invite, &(struct invite){&one, 1, true}), REFUSAL_NONE);
    const char *list = text_of(s, DOC_ATTENDANCE, 0, NULL);
    HOLDS(list, "Lê Thị Bé Năm", "tổ 3, Khóm 1", "Người dân", "Trưởng các đoàn thể");
    struct invitee_list rows;
    STORE_READ ro = NULL;
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    check_int(store_invitees(store_ro_sql(ro), s->unit, s->dialogue, &s->arena, &rows), STATUS_OK);
    store_read_drop(&ro);
    const char *number = arena_printf(&s->arena, "%d", rows.count);
    HOLDS(text_of(s, DOC_INVITATION, 0, number), "Lê Thị Bé Năm", "tổ 3, Khóm 1",
          arena_printf(&s->arena, "GM-%d", rows.count));
    at(s, 6, 20, 7, 40);
    struct attendance in = {.action = ATTEND_CHECK_IN, .typed = number, .text = ""};
    check_int(as(s, "thuky", run_attend, &in), REFUSAL_NONE);
    scene_open(s);
    scene_close(s);
    HOLDS(text_of(s, DOC_ATTENDANCE, 0, NULL), "đã có mặt: 01");
    HOLDS(text_of(s, DOC_MINUTES, 0, NULL), "Nhân dân trên địa bàn phường: 01 người",
          "Theo địa bàn: Khóm 1: 1 người",
          "Cán bộ, công chức vắng mặt:", "Tổng số người có mặt: 01");
    HOLDS(text_of(s, DOC_SYNTHESIS, 0, NULL), "Nhân dân trên địa bàn phường: 01 người");
    scene_free(s);
}

static const struct store_case cases[] = {
    STORE_CASE(the_plan_names_every_group_of_participants),
    STORE_CASE(the_plan_opens_the_topics_of_the_seed_and_leaves_the_list_open),
    STORE_CASE(an_opinion_of_every_kind_by_resident_or_business_about_whom_in_every_field),
    STORE_CASE(the_chairs_report_has_its_three_parts_and_what_the_office_wrote),
    STORE_CASE(a_policy_proposal_and_the_assessment_go_into_the_synthesis),
    STORE_CASE(programme_and_house_rules_are_papers_of_the_session),
    STORE_CASE(a_directive_given_in_the_hall_is_a_task_with_a_date),
    STORE_CASE(an_answer_cites_the_law_and_the_minutes_say_so),
    STORE_CASE(the_office_drafts_and_the_plan_is_not_issued_before_the_chair_approved),
    STORE_CASE(the_plan_goes_to_everybody_on_its_list_of_recipients),
    STORE_CASE(invitation_list_minutes_and_synthesis_say_who_was_asked_and_who_came),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
