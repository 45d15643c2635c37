// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers of documents: in order, none twice, none left out but the e-office's; what was issued
// stays as it went out; another replaces it; sealing withholds it.
#include "scene.h"

#include "actions/document_facts.h"
#include "actions/issuing.h"
#include "actions/verify.h"
#include "base/buf.h"

static struct refusal issue(struct scene *s, const char *who, struct issue_wish wish,
                            struct issued *ret_row)
{
    struct act *act = act_new(&s->app, s->unit);
    if (who != NULL) act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = who};
    act->run = run_issue;
    act->target = s->dialogue;
    act->extra = &wish;
    enum status status = act_do(act);
    ensure(status == STATUS_OK);
    struct refusal refusal = act->refusal;
    refusal.detail = arena_strdup(&s->arena, refusal.detail);
    if (refusal.code == REFUSAL_NONE && ret_row != NULL) {
        STORE_READ ro = NULL;
        ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
        ensure(store_issued_load(store_ro_sql(ro), s->unit, act->answer.id, &s->arena, ret_row) ==
               STATUS_OK);
    }
    act_free(act);
    return refusal;
}

#define ISSUE(s, who, row, ...) issue(s, who, (struct issue_wish){__VA_ARGS__}, row).code

static struct document_request paper(struct scene *s, enum doc_type type, int64_t opinion)
{
    return (struct document_request){.type = type,
                                     .unit = s->unit,
                                     .dialogue = s->dialogue,
                                     .opinion = opinion,
                                     .now_ms = clock_now_ms(&s->app.clock)};
}

static const char *text_of(struct scene *s, struct document_request request)
{
    STORE_READ ro = NULL;
    BUF out = {0};
    struct document_file file = {.format = DOC_TXT, .out = &out};
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    ensure(document_make(&s->app, store_ro_sql(ro), &request, &s->arena, &file) == STATUS_OK);
    return arena_strdup(&s->arena, buf_text(&out));
}

static struct doc_texts warnings_of(struct scene *s, struct document_request request)
{
    STORE_READ ro = NULL;
    struct doc_texts list;
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    ensure(document_warnings(&s->app, store_ro_sql(ro), &request, &s->arena, &list) == STATUS_OK);
    return list;
}

static bool warned(struct doc_texts list, const char *part)
{
    for (int i = 0; i < list.count; i++)
        if (strstr(list.items[i], part) != NULL) return true;
    return false;
}

static bool is_sound(struct scene *s)
{
    STORE_READ ro = NULL;
    struct verify_report report;
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    ensure(verify_unit(&s->app, store_ro_sql(ro), s->unit, &report) == STATUS_OK);
    if (!report.sound) printf("# %s\n", report.what);
    return report.sound;
}

static int64_t answered(struct scene *s, const char *content)
{
    int64_t n = scene_relayed(s, FIELD_CONSTRUCTION, content);
    check_int(DO(s, "chutich", ACT_ASSIGN, n, TO("diachinh")), REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_ANSWER, n,
                 .with = {{PARAM_MODE, .number = MODE_WRITTEN},
                          {PARAM_KIND, .number = ANSWER_ANSWER},
                          {PARAM_TEXT, .text = "Phường sẽ nạo vét cống trong tháng 7."},
                          {PARAM_LEGAL_REFS,
                           .text = "Luật Tổ chức chính quyền địa phương năm 2015, Điều 61"}}),
              REFUSAL_NONE);
    return n;
}

STORE_TEST(numbers_follow_each_other_in_each_series)
{
    RULE("R1 R110");
    struct scene *s = scene_new(engine_store(engine));
    struct issued row;
    const int32_t today = on(6, 4);
    // The plan of the scene took the first number of its series by the dialogue's own act.
    STORE_READ ro = NULL;
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    check_int(store_issued_load(store_ro_sql(ro), s->unit, 1, &s->arena, &row), STATUS_OK);
    store_read_drop(&ro);
    check_int(row.type, DOC_PLAN);
    check_text(issued_number_text(&s->arena, &row), "01/KH-UBND");
    check_int(row.day, on(6, 3));
    // The first own number of a year begins where the paper register stands.
    check_int(ISSUE(s, "vanthu", &row, .type = DOC_NOTICE, .day = today, .number = "12"),
              REFUSAL_NONE);
    check_text(issued_number_text(&s->arena, &row), "12/TB-UBND");
    check(strstr(row.recipients, "Ban nhân dân các khóm") != NULL);
    check_text(row.signer, "A");
    check_text(row.issued_by, "vanthu");
    check_int(ISSUE(s, "vanthu", &row, .type = DOC_PROGRAMME, .day = today), REFUSAL_NONE);
    check_text(issued_number_text(&s->arena, &row), "01/CTr-UBND");
    scene_open(s);
    scene_close(s);
    const int32_t later = on(6, 20);
    // Its own number must be the next, and never of an earlier day.
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_CONCLUSION, .day = later, .number = "14"),
              REFUSAL_INVALID);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_CONCLUSION, .day = on(6, 3)), REFUSAL_INVALID);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_CONCLUSION, .day = later, .number = "12"),
              REFUSAL_INVALID);
    // A number of the e-office is taken as it comes, but never twice; own ones go round it.
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_CONCLUSION, .day = later, .external = true),
              REFUSAL_REQUIRED);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_CONCLUSION, .day = later, .external = true,
                    .number = "12"),
              REFUSAL_INVALID);
    check_int(ISSUE(s, "vanthu", &row, .type = DOC_CONCLUSION, .day = later, .external = true,
                    .number = "13"),
              REFUSAL_NONE);
    check(row.external && row.ordinal == 0);
    check_int(ISSUE(s, "vanthu", &row, .type = DOC_NOTICE, .day = later, .replaces = "12/TB-UBND"),
              REFUSAL_NONE);
    check_text(row.number, "14");
    check_int(row.replaces, 2);
    check_int(ISSUE(s, "vanthu", &row, .type = DOC_SYNTHESIS, .day = later, .number = "105a",
                    .external = true, .symbol = "BC-UBND.VP"),
              REFUSAL_NONE);
    check_text(issued_number_text(&s->arena, &row), "105a/BC-UBND.VP");
    check(is_sound(s));
    scene_free(s);
}

STORE_TEST(what_may_not_be_issued_is_refused_and_leaves_nothing)
{
    RULE("R1 R103");
    struct scene *s = scene_new(engine_store(engine));
    const int32_t today = on(6, 4);
    int64_t n = scene_relayed(s, FIELD_CONSTRUCTION, "Ngập.");
    check_int(ISSUE(s, NULL, NULL, .type = DOC_NOTICE, .day = today), REFUSAL_UNAUTHENTICATED);
    static const char *const others[] = {"thuky", "chutich", "vanphong", "hdnd", "baomat1"};
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        check_int(ISSUE(s, others[i], NULL, .type = DOC_NOTICE, .day = today), REFUSAL_FORBIDDEN);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_NOTICE, .day = DAY_NONE), REFUSAL_REQUIRED);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_NOTICE, .day = today + 1), REFUSAL_INVALID);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_NOTICE, .day = today, .number = "1/2"),
              REFUSAL_INVALID);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_NOTICE, .day = today, .number = "0"),
              REFUSAL_INVALID);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_SLIP, .day = today), REFUSAL_INVALID);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_ANSWER, .day = today), REFUSAL_REQUIRED);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_INVITATION, .day = today), REFUSAL_REQUIRED);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_NOTICE, .day = today, .opinion = n),
              REFUSAL_INVALID);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_ANSWER, .day = today, .opinion = n),
              REFUSAL_NOT_READY);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_ANSWER, .day = today, .opinion = n + 40),
              REFUSAL_NOT_FOUND);
    static const enum doc_type early[] = {DOC_MINUTES, DOC_CONCLUSION, DOC_SYNTHESIS, DOC_PROGRESS};
    for (size_t i = 0; i < ARRAY_LEN(early); i++)
        check_int(ISSUE(s, "vanthu", NULL, .type = early[i], .day = today), REFUSAL_NOT_READY);
    STORE_READ ro = NULL;
    int64_t last = 0;
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    check_int(store_issued_last(store_ro_sql(ro), s->unit, &last), STATUS_OK);
    store_read_drop(&ro);
    check_int(last, 1); // the plan
    check(is_sound(s));
    scene_free(s);
}

STORE_TEST(an_issued_document_is_shown_again_as_it_went_out)
{
    RULE("R1 R103 R110 R111");
    struct scene *s = scene_new(engine_store(engine));
    struct issued row;
    int64_t n = answered(s, "Cống hẻm 3 nghẹt.");
    check(strstr(text_of(s, paper(s, DOC_ANSWER, n)), "Số: ……/UBND-VP") != NULL);
    check_int(ISSUE(s, "vanthu", &row, .type = DOC_ANSWER, .opinion = n, .day = on(6, 4),
                    .recipients = "Ban nhân dân khóm 3"),
              REFUSAL_NONE);
    const char *went_out = text_of(s, paper(s, DOC_ANSWER, n));
    check(strstr(went_out, "Số: 01/UBND-VP") != NULL);
    check(strstr(went_out, "ngày 04 tháng 6 năm 2024") != NULL);
    check(strstr(went_out, "- Ban nhân dân khóm 3;\n- Lưu: VT.") != NULL);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_ANSWER, .opinion = n, .day = on(6, 4)),
              REFUSAL_WRONG_STATE);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_ANSWER, .opinion = n, .day = on(6, 4),
                    .replaces = "02/UBND-VP"),
              REFUSAL_INVALID);
    // The world moves on; the paper does not.
    at(s, 6, 10, 9, 0);
    check_int(DO(s, "chutich", ACT_SUPPLEMENT, n,
                 .with = {{PARAM_KIND, .number = ANSWER_EXPLAIN},
                          {PARAM_TEXT, .text = "Đã ký hợp đồng."}}),
              REFUSAL_NONE);
    check_text(text_of(s, paper(s, DOC_ANSWER, n)), went_out);
    struct document_request now = paper(s, DOC_ANSWER, n);
    now.unissued = true;
    check(strstr(text_of(s, now), "Số: ……/UBND-VP") != NULL);
    // It is replaced, not changed: both stay.
    check_int(ISSUE(s, "vanthu", &row, .type = DOC_ANSWER, .opinion = n, .day = on(6, 10),
                    .replaces = "01/UBND-VP"),
              REFUSAL_NONE);
    check_text(issued_number_text(&s->arena, &row), "02/UBND-VP");
    check_int(row.replaces, row.id - 1);
    check(strstr(text_of(s, paper(s, DOC_ANSWER, n)), "Số: 02/UBND-VP") != NULL);
    check(is_sound(s));
    scene_free(s);
}

static const struct sql_stmt bends[] = {
    {"test_bend_bytes", "UPDATE issued_file SET name = 'x' WHERE issued_id = 2 AND format = 1", ""},
    {"test_bend_row", "UPDATE issued_document SET number = '77' WHERE issued_id = 2", ""},
    {"test_take_row", "DELETE FROM issued_file WHERE issued_id = 2", ""},
};

static enum status bend(struct store_tx *tx, void *arg)
{
    return sql_exec(store_tx_sql(tx), arg, SQL_NO_ARGS, NULL);
}

STORE_TEST(all_four_formats_are_kept_and_what_was_bent_is_found)
{
    RULE("R1");
    struct scene *s = scene_new(engine_store(engine));
    struct issued row;
    check_int(ISSUE(s, "vanthu", &row, .type = DOC_NOTICE, .day = on(6, 4)), REFUSAL_NONE);
    STORE_READ ro = NULL;
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    static const char *const begins[DOC_FORMAT_COUNT] = {"PK", "%PDF", "<article", "ỦY BAN"};
    for (int f = 0; f < DOC_FORMAT_COUNT; f++) {
        struct issued_file file;
        check_int(store_issued_file(store_ro_sql(ro), s->unit, row.id, f, &s->arena, &file),
                  STATUS_OK);
        check(file.bytes.len > 500 && memcmp(file.bytes.p, begins[f], strlen(begins[f])) == 0);
        check(strncmp(file.name, "01-TB-UBND.", 11) == 0);
    }
    store_read_drop(&ro);
    check(is_sound(s));
    for (size_t i = 0; i < ARRAY_LEN(bends); i++) {
        check_int(store_run(s->app.store, bend, (void *)(uintptr_t)&bends[i]), STATUS_OK);
        check(!is_sound(s));
    }
    scene_free(s);
}

STORE_TEST(sealing_withholds_what_was_issued_and_another_replaces_it)
{
    RULE("R46 R47");
    struct scene *s = scene_new(engine_store(engine));
    struct issued row;
    int64_t n = answered(s, "Cán bộ hẹn rồi nhận tiền của gia đình tôi ở hẻm Cây Vông năm ngoái.");
    scene_open(s);
    scene_close(s);
    at(s, 6, 21, 8, 0);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_ANSWER, .opinion = n, .day = on(6, 21)),
              REFUSAL_NONE);
    check_int(ISSUE(s, "vanthu", &row, .type = DOC_SYNTHESIS, .day = on(6, 21)), REFUSAL_NONE);
    check(strstr(text_of(s, paper(s, DOC_SYNTHESIS, 0)), "Cây Vông") != NULL);
    at(s, 6, 25, 8, 0);
    check_int(DO(s, "vanphong", ACT_DIVERT, n,
                 .with = {{PARAM_DIVERT_TO, .number = DIVERT_DENUNCIATION},
                          {PARAM_REASON, .text = "Là tố cáo."}}),
              REFUSAL_NONE);
    const char *left = text_of(s, paper(s, DOC_SYNTHESIS, 0));
    check(strstr(left, "Cây Vông") == NULL);
    check(strstr(left, "01/BC-UBND") == NULL); // today's text is no issued document
    check(is_sound(s));
    // It waits for its successor, which may name the one it stands for.
    check_int(
        ISSUE(s, "vanthu", &row, .type = DOC_SYNTHESIS, .day = on(6, 25), .replaces = "01/BC-UBND"),
        REFUSAL_NONE);
    check(strstr(text_of(s, paper(s, DOC_SYNTHESIS, 0)), "02/BC-UBND") != NULL);
    check_int(ISSUE(s, "vanthu", NULL, .type = DOC_ANSWER, .opinion = n, .day = on(6, 25)),
              REFUSAL_NOT_FOUND);
    check(is_sound(s));
    scene_free(s);
}

STORE_TEST(laws_no_longer_in_force_and_missing_recipients_are_told_before_the_number_is_given)
{
    RULE("R8 R104 R105 R106 R107 R108 R109");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = answered(s, "Cống hẻm 3 nghẹt.");
    struct document_request plan = paper(s, DOC_PLAN, 0);
    struct doc_texts list = warnings_of(s, plan);
    // X11: a task or an invitation, and no place among the recipients.
    check(warned(list, "Ban Thường vụ Đảng ủy được nêu trong phần tổ chức thực hiện"));
    check(warned(list, "Doanh nghiệp trên địa bàn"));
    check(!warned(list, "Ban nhân dân các khóm"));
    check(!warned(list, "hiệu lực"));
    check(!warned(warnings_of(s, paper(s, DOC_ANSWER, n)), "hiệu lực"));
    // X15: years later the laws have changed.
    s->app.clock = clock_starting_at(instant_at(day_of_civil(2026, 1, 5), 8, 0));
    plan.unissued = true;
    plan.given = &(struct document_number){"02", "KH-UBND", day_of_civil(2026, 1, 5), NULL};
    check(warned(warnings_of(s, plan), "ngày 19 tháng 6 năm 2015” không còn hiệu lực từ ngày 01 "
                                       "tháng 3 năm 2025"));
    list = warnings_of(s, paper(s, DOC_ANSWER, n));
    check(warned(list, "Câu trả lời viện dẫn “Luật Tổ chức chính quyền địa phương năm 2015"));
    check(warned(list, "Kế hoạch số 01/KH-UBND"));
    scene_free(s);
}

static const struct store_case cases[] = {
    STORE_CASE(numbers_follow_each_other_in_each_series),
    STORE_CASE(what_may_not_be_issued_is_refused_and_leaves_nothing),
    STORE_CASE(an_issued_document_is_shown_again_as_it_went_out),
    STORE_CASE(all_four_formats_are_kept_and_what_was_bent_is_found),
    STORE_CASE(sealing_withholds_what_was_issued_and_another_replaces_it),
    STORE_CASE(laws_no_longer_in_force_and_missing_recipients_are_told_before_the_number_is_given),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
