// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a denunciation's words may have got to before it was sealed, and that they leave: minutes
// saved, minutes signed, the other parts of a split text, the bytes of the file. And that nobody
// reads what is sealed without an entry.
#include "scene.h"

#include <stdlib.h>

#include "actions/minutes.h"
#include "actions/office.h"
#include "actions/sealing.h"
#include "actions/verify.h"
#include "base/buf.h"
#include "store/sealing.h"

#define NAME "Trần Thị Quỳnh Dao"
#define WORDS                                                                                                                   \
    "Tôi tố cáo một cán bộ đã nhận tiền của gia đình tôi để làm hồ sơ đất ở hẻm Cây Vông, " \
    "tôi có giấy tờ kèm theo"

static int64_t denunciation(struct scene *s)
{
    struct submission words = submission_of(CHANNEL_SLIP, FIELD_ANTICORRUPTION, WORDS);
    words.name = NAME;
    words.phone = "0912 345 678";
    int64_t n = scene_submit(s, "thuky", &words);
    check_int(DO(s, "thuky", ACT_RELAY, n), REFUSAL_NONE);
    return n;
}

static enum refusal_code save_minutes(struct scene *s, const char *text, int64_t *ret_version)
{
    struct act *act = act_new(&s->app, s->unit);
    struct minutes_text given = {text, text};
    act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = "thuky"};
    act->run = run_minutes_edit;
    act->target = s->dialogue;
    act->extra = &given;
    enum status status = act_do(act);
    ensure(status == STATUS_OK);
    enum refusal_code code = act->refusal.code;
    if (ret_version != NULL) *ret_version = act->answer.version;
    act_free(act);
    return code;
}

static const char *minutes_with(struct scene *s, int64_t n)
{
    char number[OPINION_NUMBER_TEXT];
    return arena_printf(
        &s->arena,
        "I. THÀNH PHẦN\nBà " NAME ", khóm 2, dự.\nII. DIỄN BIẾN\n"
        "Ý kiến 1 (2024-0011). Ông Lê Văn Bình\nNội dung: Ngập ở hẻm 3.\n"
        "Ý kiến 2 (%s). Bà " NAME "\nNội dung: " WORDS ".\nPhân loại: Chưa phân loại.\n"
        "Ý kiến 3 (2024-0013). Bà " NAME "\nNội dung: Đèn đường hỏng.\n"
        "III. TỔNG HỢP\nBà " NAME " có nói về cán bộ.\nKhác: nhận tiền của gia đình tôi để làm hồ "
        "sơ đất.\nLiên hệ 0912.345.678\nHết.",
        opinion_number_format(n, number));
}

static const char LEFT[] =
    "I. THÀNH PHẦN\nBà " NAME ", khóm 2, dự.\nII. DIỄN BIẾN\n"
    "Ý kiến 1 (2024-0011). Ông Lê Văn Bình\nNội dung: Ngập ở hẻm 3.\n"
    "(Một nội dung được tiếp nhận theo thủ tục riêng, không nêu trong biên bản.)\n"
    "Ý kiến 3 (2024-0013). Bà " NAME "\nNội dung: Đèn đường hỏng.\n"
    "III. TỔNG HỢP\n"
    "(Một nội dung được tiếp nhận theo thủ tục riêng, không nêu trong biên bản.)\nHết.";

static struct minutes_list versions(struct scene *s)
{
    STORE_READ ro = NULL;
    struct minutes_list list;
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    ensure(store_minutes_versions(store_ro_sql(ro), s->unit, s->dialogue, &s->arena, &list) ==
           STATUS_OK);
    return list;
}

static struct dialogue dialogue_now(struct scene *s)
{
    STORE_READ ro = NULL;
    struct dialogue d;
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    ensure(store_dialogue_load(store_ro_sql(ro), s->unit, s->dialogue, &s->arena, &d) == STATUS_OK);
    return d;
}

static enum refusal_code divert(struct scene *s, int64_t n)
{
    return DO(s, "vanphong", ACT_DIVERT, n,
              .with = {{PARAM_DIVERT_TO, .number = DIVERT_DENUNCIATION},
                       {PARAM_REASON, .text = "Là tố cáo."}});
}

static bool is_sound(struct scene *s)
{
    STORE_READ ro = NULL;
    struct verify_report report;
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    ensure(verify_unit(&s->app, store_ro_sql(ro), s->unit, &report) == STATUS_OK);
    return report.sound;
}

static enum status smuggle(struct store_tx *tx, void *arg)
{
    struct scene *s = arg;
    struct minutes m = {
        .version = 99, .generated = "", .text = "Có người nói: " WORDS ".", .edited_by = "thuky"};
    return store_minutes_insert(tx, s->unit, s->dialogue, &m);
}

STORE_TEST(sealing_clears_every_saved_version_of_unsigned_minutes)
{
    RULE("R46 R47");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = denunciation(s), version = 0;
    scene_open(s);
    check_int(save_minutes(s, minutes_with(s, n), NULL), REFUSAL_NONE);
    check_int(save_minutes(s, arena_printf(&s->arena, "%s Hai.", minutes_with(s, n)), NULL),
              REFUSAL_NONE);
    scene_close(s);
    at(s, 6, 20, 13, 0);
    check_int(DIALOGUE(s, "thuky", DACT_SIGN_MINUTES), REFUSAL_NONE);
    at(s, 6, 21, 9, 17);
    check_int(divert(s, n), REFUSAL_NONE);
    struct minutes_list list = versions(s);
    check_int(list.count, 3);
    check_text(list.rows[0].text, LEFT);
    check_text(list.rows[0].generated, LEFT);
    check_text(list.rows[2].text, arena_printf(&s->arena, "%s Hai.", LEFT));
    check_text(list.rows[2].edited_by, "");
    check_int(list.rows[2].edited_ms, instant_at(on(6, 21), 0, 0)); // to the day
    check_int(dialogue_now(s).minutes_secretary_ms, 0);             // another text than was signed
    check(is_sound(s));
    // An editor left open since before would bring it back.
    check_int(save_minutes(s, minutes_with(s, n), &version), REFUSAL_NONE);
    check_int(version, 4);
    list = versions(s);
    check(strstr(list.rows[3].text, "Cây Vông") == NULL);
    check(strstr(list.rows[3].text, "nhận tiền") == NULL);
    check(strstr(list.rows[3].generated, "Cây Vông") == NULL);
    check(is_sound(s));
    // verify looks into the minutes too.
    check_int(store_run(s->app.store, smuggle, s), STATUS_OK);
    check(!is_sound(s));
    scene_free(s);
}

STORE_TEST(signed_minutes_are_put_away_and_a_version_says_that_a_part_was_taken_out)
{
    RULE("R46 R47");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = denunciation(s);
    scene_open(s);
    check_int(save_minutes(s, minutes_with(s, n), NULL), REFUSAL_NONE);
    scene_close(s);
    at(s, 6, 20, 13, 0);
    check_int(DIALOGUE(s, "thuky", DACT_SIGN_MINUTES), REFUSAL_NONE);
    check_int(DIALOGUE(s, "chutich", DACT_SIGN_MINUTES), REFUSAL_NONE);
    int64_t signed_ms = dialogue_now(s).minutes_chair_ms;
    at(s, 6, 21, 9, 17);
    check_int(divert(s, n), REFUSAL_NONE);
    struct minutes_list list = versions(s);
    check_int(list.count, 2);
    check_text(list.rows[0].text, LEFT);
    check(strncmp(list.rows[1].text, LEFT, strlen(LEFT)) == 0);
    check(strstr(list.rows[1].text, "Ngày 21 tháng 6 năm 2024, một nội dung được rút") != NULL);
    check_int(dialogue_now(s).minutes_chair_ms, signed_ms); // signed it stays
    STORE_READ ro = NULL;
    struct minutes kept;
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    check_int(store_minutes_put_away_load(store_ro_sql(ro), s->unit, s->dialogue, &s->arena, &kept),
              STATUS_OK);
    store_read_drop(&ro);
    check_text(kept.text, minutes_with(s, n));
    check_int(kept.version, 1);
    check(is_sound(s));
    scene_free(s);
}

STORE_TEST(minutes_without_the_opinion_are_left_alone)
{
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = denunciation(s);
    scene_open(s);
    check_int(save_minutes(s, "I. THÀNH PHẦN\nBà " NAME ".\nII. DIỄN BIẾN\nHẻm ngập.", NULL),
              REFUSAL_NONE);
    check_int(divert(s, n), REFUSAL_NONE);
    check_int(versions(s).count, 1);
    check(is_sound(s));
    scene_free(s);
}

STORE_TEST(the_parts_of_a_split_text_do_not_keep_the_sealed_one)
{
    struct scene *s = scene_new(engine_store(engine));
    struct submission words =
        submission_of(CHANNEL_SLIP, FIELD_URBAN, "Đèn đường hỏng. " WORDS ". Chợ lấn đường.");
    int64_t n = scene_submit(s, "thuky", &words);
    check_int(DO(s, "thuky", ACT_SPLIT, n,
                 .with = {{PARAM_PARTS, .text = "Đèn đường hỏng.|" WORDS "|Chợ lấn đường."}}),
              REFUSAL_NONE);
    int64_t sealed = s->numbers[1], other = s->numbers[2];
    check(strstr(last_item(s, n, ITEM_EDIT)->text, "Cây Vông") != NULL);
    check_int(divert(s, sealed), REFUSAL_NONE);
    check(strstr(last_item(s, n, ITEM_EDIT)->text, "Cây Vông") == NULL);
    check_text(opinion_now(s, n).content, "Đèn đường hỏng.");
    check_text(opinion_now(s, other).content, "Chợ lấn đường.");
    check(is_sound(s));
    scene_free(s);
}

// ---- the bytes

enum { BLANK_OPINION, BLANK_ITEMS, BLANK_COUNT };
static const struct sql_stmt blank[BLANK_COUNT] = {
    [BLANK_OPINION] = {"test_blank_opinion",
                       "UPDATE opinion SET content = '', author_name = '', phone = '' "
                       "WHERE opinion_id = $1",
                       "i"},
    [BLANK_ITEMS] = {"test_blank_items", "UPDATE opinion_item SET text = '' WHERE opinion_id = $1",
                     "i"},
};

/// The opinion's own rows are the custodians' record; without them nothing may be left.
static enum status blank_own_rows(struct store_tx *tx, void *arg)
{
    const int64_t *id = arg;
    store_tx_scrub(tx);
    enum status status =
        sql_exec(store_tx_sql(tx), &blank[BLANK_OPINION], SQL_ARGS(SQL_I(*id)), NULL);
    return status != STATUS_OK
               ? status
               : sql_exec(store_tx_sql(tx), &blank[BLANK_ITEMS], SQL_ARGS(SQL_I(*id)), NULL);
}

static bool file_has(const char *path, const char *needle)
{
    FILE *file = fopen(path, "rb");
    BUF all = {0};
    char chunk[4096];
    if (file == NULL) return false;
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;)
        buf_put(&all, chunk, got);
    fclose(file);
    return all.len > 0 && memmem(all.data, all.len, needle, strlen(needle)) != NULL;
}

static bool data_has(const struct engine *engine, const char *needle)
{
    char path[600];
    bool has = false;
    static const char *const files[] = {"doithoai.db", "doithoai.db-wal"};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        snprintf(path, sizeof path, "%s/%s", engine->where, files[i]);
        has = has || file_has(path, needle);
    }
    return has;
}

STORE_TEST(nothing_of_it_is_left_in_the_bytes_of_file_and_log_but_its_own_row)
{
    RULE("R46 R47");
    static const char *const traces[] = {"Cây Vông", "Quỳnh Dao", "cay vong", "quynh", "vong"};
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = denunciation(s);
    scene_open(s);
    for (int i = 0; i < 30; i++) // other rows on the same pages, other words in the index
        scene_relayed(s, FIELD_URBAN, arena_printf(&s->arena, "Hẻm số %d ngập nước khi mưa.", i));
    static const char first[] = "II. DIỄN BIẾN\nBà " NAME " nói: " WORDS ".";
    check_int(save_minutes(s, first, NULL), REFUSAL_NONE);
    check(data_has(engine, "Cây Vông") && data_has(engine, "Quỳnh Dao") &&
          data_has(engine, "vong"));
    check_int(divert(s, n), REFUSAL_NONE);
    check_int(store_run(s->app.store, blank_own_rows, &n), STATUS_OK);
    engine_close(engine); // the writer has ended: what it had to fold in is folded in
    for (size_t i = 0; i < ARRAY_LEN(traces); i++) {
        if (data_has(engine, traces[i])) printf("# left: %s\n", traces[i]);
        check(!data_has(engine, traces[i]));
    }
    scene_free(s);
}

// ---- reads

static enum refusal_code read_as(struct scene *s, const char *who, int64_t n)
{
    struct act *act = act_new(&s->app, s->unit);
    act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = who};
    act->run = run_reading;
    act->target = n;
    enum status status = act_do(act);
    ensure(status == STATUS_OK);
    enum refusal_code code = act->refusal.code;
    act_free(act);
    return code;
}

static struct unit_head head_now(struct scene *s)
{
    STORE_READ ro = NULL;
    struct unit_head head;
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    ensure(store_head_read(store_ro_sql(ro), s->unit, &head) == STATUS_OK);
    return head;
}

static struct entry last_sealed(struct scene *s)
{
    STORE_READ ro = NULL;
    struct entry_list list;
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    ensure(store_register_list(store_ro_sql(ro), s->unit,
                               (struct register_page){CHAIN_SEALED, 0, 1000}, &s->arena,
                               &list) == STATUS_OK);
    return list.rows[list.count - 1];
}

STORE_TEST(every_read_of_a_sealed_matter_is_an_entry_of_the_sealed_chain)
{
    RULE("R50 R99");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = denunciation(s), open = scene_relayed(s, FIELD_URBAN, "Đèn hỏng.");
    check_int(divert(s, n), REFUSAL_NONE);
    struct unit_head before = head_now(s);
    at(s, 6, 5, 14, 22);
    check_int(read_as(s, "baomat1", n), REFUSAL_NONE);
    struct unit_head after = head_now(s);
    check_int(after.sealed_entry, before.sealed_entry + 1);
    check_int(after.entry, before.entry); // the main chain does not tell when
    struct entry e = last_sealed(s);
    check_text(e.action, "read");
    check_text(e.actor, "baomat1");
    char number[OPINION_NUMBER_TEXT];
    check_text(e.subject,
               arena_printf(&s->arena, "reading opinion %s", opinion_number_format(n, number)));
    check_int(e.at_ms, instant_at(on(6, 5), 0, 0));
    // Refused reads and reads of what is open leave none.
    check_int(read_as(s, "thuky", n), REFUSAL_NOT_FOUND);
    check_int(read_as(s, "thuky", open), REFUSAL_NONE);
    check_int(head_now(s).sealed_entry, after.sealed_entry);
    // Anchored once the day is over, not within the minute.
    scene_timer(s);
    check_int(head_now(s).sealed_anchor, before.sealed_anchor);
    check_int(head_now(s).entry, before.entry);
    at(s, 6, 6, 0, 1);
    scene_timer(s);
    check_int(head_now(s).sealed_anchor, after.sealed_entry);
    check(is_sound(s));
    scene_free(s);
}

static const struct store_case cases[] = {
    STORE_CASE(sealing_clears_every_saved_version_of_unsigned_minutes),
    STORE_CASE(signed_minutes_are_put_away_and_a_version_says_that_a_part_was_taken_out),
    STORE_CASE(minutes_without_the_opinion_are_left_alone),
    STORE_CASE(the_parts_of_a_split_text_do_not_keep_the_sealed_one),
    STORE_CASE_SQLITE(nothing_of_it_is_left_in_the_bytes_of_file_and_log_but_its_own_row),
    STORE_CASE(every_read_of_a_sealed_matter_is_an_entry_of_the_sealed_chain),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
