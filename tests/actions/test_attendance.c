// SPDX-License-Identifier: AGPL-3.0-or-later
// Inviting, handing over, the door, absence, names destroyed after use, the synthesis handed over:
// on both engines, each change one entry that verify holds against its row, each refusal nothing.
#include "scene.h"

#include "actions/attendance.h"
#include "actions/reports.h"
#include "actions/verify.h"

static int run_as(struct scene *s, const char *who,
                  enum status (*run)(struct act *, struct store_tx *), void *extra, int64_t *ret_id)
{
    struct act *act = act_new(&s->app, s->unit);
    if (who != NULL) act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = who};
    act->run = run;
    act->target = s->dialogue;
    act->extra = extra;
    if (run == run_attend)
        act->proof = (struct proof){true, PROOF_SIGNATURE, "Người nhận ký sổ", ""};
    check_int(act_do(act), STATUS_OK);
    int code = (int)act->refusal.code;
    if (ret_id != NULL) *ret_id = act->answer.id;
    act_free(act);
    return code;
}

static struct invitee_list list_of(struct scene *s)
{
    STORE_READ ro = NULL;
    struct invitee_list list = {0};
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    check_int(store_invitees(store_ro_sql(ro), s->unit, s->dialogue, &s->arena, &list), STATUS_OK);
    return list;
}

static int64_t entries(struct scene *s)
{
    STORE_READ ro = NULL;
    struct unit_head head = {0};
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    check_int(store_head_read(store_ro_sql(ro), s->unit, &head), STATUS_OK);
    return head.entry;
}

static struct invite_row row(const char *name, const char *title, enum attend_part part, int khom)
{
    return (struct invite_row){name, title, NULL, part, khom};
}

static int invite_one(struct scene *s, const char *who, struct invite_row one)
{
    return run_as(s, who, run_invite, &(struct invite){&one, 1, true}, NULL);
}

static int attend(struct scene *s, const char *who, enum attend_action action, int64_t invitee,
                  const char *text)
{
    return run_as(s, who, run_attend,
                  &(struct attendance){.action = action,
                                       .invitee = invitee,
                                       .typed = text,
                                       .text = text,
                                       .row = row("", "", PART_RESIDENTS, 0)},
                  NULL);
}

STORE_TEST(a_khom_invites_within_its_quota_and_only_its_own_R102)
{
    struct scene *s = scene_new(engine_store(engine));
    struct invite_row twelve[13];
    for (int i = 0; i < 13; i++)
        twelve[i] = row(arena_printf(&s->arena, "Người Số %d", i + 1), "", PART_RESIDENTS, 1);
    int64_t before = entries(s);
    check_int(invite_one(s, NULL, twelve[0]), REFUSAL_UNAUTHENTICATED);
    check_int(invite_one(s, "khom2", twelve[0]), REFUSAL_FORBIDDEN);
    check_int(invite_one(s, "khom1", row("A", "", PART_RESIDENTS, 0)), REFUSAL_FORBIDDEN);
    check_int(invite_one(s, "congan", twelve[0]), REFUSAL_FORBIDDEN);
    check_int(invite_one(s, "thuky", twelve[0]), REFUSAL_FORBIDDEN);
    check_int(run_as(s, "khom1", run_invite, &(struct invite){twelve, 13, true}, NULL),
              REFUSAL_INVALID); // one over the quota of 12
    check_int(run_as(s, "khom1", run_invite, &(struct invite){twelve, 12, false}, NULL),
              REFUSAL_REQUIRED); // they have to know and agree
    check_int(run_as(s, "khom1", run_invite, &(struct invite){twelve, 0, true}, NULL),
              REFUSAL_REQUIRED);
    check_int(entries(s), before);
    check_int(list_of(s).count, 0);
    check_int(run_as(s, "khom1", run_invite, &(struct invite){twelve, 12, true}, NULL),
              REFUSAL_NONE);
    check_int(entries(s), before + 12);
    check_int(invite_one(s, "khom1", twelve[12]), REFUSAL_INVALID);
    check_int(invite_one(s, "vanphong", twelve[12]), REFUSAL_INVALID); // the same for the office
    check_int(attend(s, "khom2", ATTEND_STRIKE, 3, ""), REFUSAL_FORBIDDEN);
    check_int(attend(s, "khom1", ATTEND_STRIKE, 3, ""), REFUSAL_NONE);
    check_text(list_of(s).rows[2].name, ""); // a name nobody needs is not kept
    check_int(invite_one(s, "khom1", twelve[0]), REFUSAL_INVALID); // is in the list
    check_int(invite_one(s, "khom1", twelve[12]), REFUSAL_NONE);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(participants_of_every_group_are_invited_at_their_level_R22_R35)
{
    RULE("R22-R36");
    struct scene *s = scene_new(engine_store(engine));
    for (int part = 0; part < PART_COUNT; part++) {
        enum attend_side side = attend_side_of((enum attend_part)part);
        bool ward = side == ATTEND_WARD, khom = side == ATTEND_KHOM;
        struct invite_row one = row("Nguyễn Văn A", "", (enum attend_part)part, ward ? 1 : 0);
        if (ward) check_int(invite_one(s, "vanphong", one), REFUSAL_INVALID);
        if (khom) check_int(invite_one(s, "vanphong", one), REFUSAL_REQUIRED);
        one.khom = ward ? 0 : 2;
        check_int(invite_one(s, ward ? "vanphong" : "khom2", one), REFUSAL_NONE);
    }
    struct attend_tally tally;
    struct invitee_list list = list_of(s);
    attend_count(&list, &tally);
    check_int(tally.invited, PART_COUNT);
    check_int(tally.side_invited[ATTEND_WARD], 8);
    check_int(tally.side_invited[ATTEND_KHOM], 4);
    check_int(tally.khom_invited[2], 6);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(staff_are_invited_at_once_and_who_stays_away_is_shown_R92)
{
    RULE("R92 R98");
    struct scene *s = scene_new(engine_store(engine));
    check_int(run_as(s, "thuky", run_invite_staff, NULL, NULL), REFUSAL_FORBIDDEN);
    check_int(run_as(s, "vanphong", run_invite_staff, NULL, NULL), REFUSAL_NONE);
    int count = list_of(s).count;
    check_int(run_as(s, "vanphong", run_invite_staff, NULL, NULL), REFUSAL_WRONG_STATE);
    check_int(list_of(s).count, count);
    struct invitee_list list = list_of(s);
    int64_t council = 0, police = 0, land = 0;
    for (int i = 0; i < list.count; i++) {
        const struct invitee *r = &list.rows[i];
        check_int(r->khom, 0); // a khóm's head is its own khóm's to invite
        if (strcmp(r->username, "hdnd") == 0) council = r->id;
        if (strcmp(r->username, "congan") == 0) police = r->id;
        if (strcmp(r->username, "diachinh") == 0) land = r->id;
    }
    check(council != 0 && police != 0 && land != 0);
    at(s, 6, 20, 7, 30);
    check_int(attend(s, "thuky", ATTEND_CHECK_IN, police, ""), REFUSAL_NONE);
    check_int(attend(s, "thuky", ATTEND_ABSENT, land, "đi họp ở tỉnh"), REFUSAL_NONE);
    check_int(attend(s, "thuky", ATTEND_ABSENT, police, "ốm"), REFUSAL_WRONG_STATE);
    list = list_of(s);
    check(!attend_missing(&list.rows[police - 1]));
    check(attend_missing(&list.rows[land - 1]));
    check(!attend_missing(&list.rows[council - 1])); // asked, not obliged
    check_sound(s);
    scene_free(s);
}

STORE_TEST(an_invitation_is_handed_over_once_with_proof)
{
    struct scene *s = scene_new(engine_store(engine));
    check_int(invite_one(s, "khom1", row("Lê Thị Bé", "hộ nghèo", PART_RESIDENTS, 1)),
              REFUSAL_NONE);
    struct act *act = act_new(&s->app, s->unit);
    struct attendance deliver = {.action = ATTEND_DELIVER, .invitee = 1, .typed = "", .text = ""};
    act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = "khom1"};
    act->run = run_attend;
    act->target = s->dialogue;
    act->extra = &deliver;
    check_int(act_do(act), STATUS_OK);
    check_int(act->refusal.code, REFUSAL_PROOF_REQUIRED);
    act_free(act);
    check_int(attend(s, "khom2", ATTEND_DELIVER, 1, ""), REFUSAL_FORBIDDEN);
    check_int(attend(s, "khom1", ATTEND_DELIVER, 9, ""), REFUSAL_NOT_FOUND);
    check_int(attend(s, "khom1", ATTEND_DELIVER, 1, ""), REFUSAL_NONE);
    check_int(attend(s, "khom1", ATTEND_DELIVER, 1, ""), REFUSAL_WRONG_STATE);
    check_text(list_of(s).rows[0].proof, "Người nhận ký sổ");
    struct attendance other = {.action = ATTEND_CORRECT,
                               .invitee = 1,
                               .typed = "",
                               .text = "",
                               .row = row("Lê Văn Tư", "", PART_RESIDENTS, 1)};
    check_int(run_as(s, "khom1", run_attend, &other, NULL), REFUSAL_NONE);
    check_int(list_of(s).rows[0].delivered_ms, 0); // another person: to be handed over anew
    other.row.khom = 2;
    check_int(run_as(s, "khom1", run_attend, &other, NULL), REFUSAL_FORBIDDEN);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(at_the_door_a_number_an_address_or_a_name_is_enough_R87)
{
    struct scene *s = scene_new(engine_store(engine));
    const struct invite_row rows[] = {row("Trần Thị Đẹp", "", PART_RESIDENTS, 1),
                                      row("Nguyễn Văn Đẹp", "", PART_RESIDENTS, 1),
                                      row("Nguyễn Văn Đẹp Em", "", PART_RESIDENTS, 1),
                                      row("Hồ Văn Bảy", "chủ tiệm", PART_BUSINESSES, 1)};
    check_int(run_as(s, "khom1", run_invite, &(struct invite){rows, 4, true}, NULL), REFUSAL_NONE);
    static const struct {
        const char *typed;
        int code;
        int64_t id;
    } door[] = {
        {"", REFUSAL_REQUIRED, 0},
        {"không có ai", REFUSAL_INVALID, 0},
        {"dep", REFUSAL_INVALID, 0},         // three of that name
        {"NGUYEN VAN DEP", REFUSAL_NONE, 2}, // the whole name wins over a longer one
        {"nguyễn văn đẹp", REFUSAL_NONE, 3}, // the first is here already
        {"http://phuong1.vn/doi-thoai/1?gm=4", REFUSAL_NONE, 4},
        {"GM-4", REFUSAL_WRONG_STATE, 0},
        {"1", REFUSAL_NONE, 1},
        {"77", REFUSAL_INVALID, 0},
    };
    check_int(attend(s, "thuky", ATTEND_CHECK_IN, 1, ""),
              REFUSAL_WRONG_STATE); // not before the day
    at(s, 6, 20, 7, 15);
    check_int(attend(s, "khom2", ATTEND_CHECK_IN, 1, ""), REFUSAL_FORBIDDEN);
    check_int(attend(s, "congan", ATTEND_CHECK_IN, 1, ""), REFUSAL_FORBIDDEN);
    for (size_t i = 0; i < ARRAY_LEN(door); i++) {
        int64_t id = 0;
        struct attendance a = {.action = ATTEND_CHECK_IN, .typed = door[i].typed, .text = ""};
        check_int(run_as(s, "thuky", run_attend, &a, &id), door[i].code);
        if (door[i].id != 0) check_int(id, door[i].id);
    }
    check_int(attend(s, "thuky", ATTEND_UNDO, 1, ""), REFUSAL_NONE);
    check_int(attend(s, "thuky", ATTEND_UNDO, 1, ""), REFUSAL_WRONG_STATE);
    struct attend_tally tally;
    struct invitee_list list = list_of(s);
    attend_count(&list, &tally);
    check_int(tally.present, 3);
    check_int(tally.side_present[ATTEND_BUSINESS], 1);
    check_int(tally.khom_present[1], 3);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(whoever_walks_in_is_counted_named_only_if_they_wish_R34_R87)
{
    struct scene *s = scene_new(engine_store(engine));
    at(s, 6, 20, 7, 45);
    struct attendance a = {.action = ATTEND_WALK_IN,
                           .typed = "",
                           .text = "",
                           .row = row("Phạm Văn Khách", "", PART_RESIDENTS, 3)};
    check_int(run_as(s, "thuky", run_attend, &a, NULL), REFUSAL_REQUIRED);
    a.consent = true;
    check_int(run_as(s, "thuky", run_attend, &a, NULL), REFUSAL_NONE);
    a.consent = false;
    a.row.name = "";
    check_int(run_as(s, "khom1", run_attend, &a, NULL), REFUSAL_FORBIDDEN);
    check_int(run_as(s, "thuky", run_attend, &a, NULL), REFUSAL_NONE);
    struct attend_tally tally;
    struct invitee_list list = list_of(s);
    attend_count(&list, &tally);
    check_int(tally.present, 2);
    check_int(tally.walk_ins, 2);
    check_int(tally.invited, 0);
    check_int(tally.khom_present[3], 2);
    check_int(attend(s, "thuky", ATTEND_UNDO, 1, ""), REFUSAL_NONE); // never invited: struck out
    check(list_of(s).rows[0].struck);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(names_are_destroyed_after_use_and_the_counts_stay)
{
    struct scene *s = scene_new(engine_store(engine));
    check_int(run_as(s, "vanphong", run_invite_staff, NULL, NULL), REFUSAL_NONE);
    int staff = list_of(s).count;
    check_int(invite_one(s, "khom1", row("Lê Thị Bé", "", PART_RESIDENTS, 1)), REFUSAL_NONE);
    at(s, 6, 20, 7, 45);
    check_int(attend(s, "khom1", ATTEND_CHECK_IN, staff + 1, ""), REFUSAL_NONE);
    check_int(attend(s, "vanphong", ATTEND_FORGET, 0, "QĐ 12"), REFUSAL_WRONG_STATE);
    scene_open(s);
    scene_close(s);
    check_int(DIALOGUE(s, "vanphong", DACT_PUBLISH_RESULTS), REFUSAL_NONE);
    check_int(DIALOGUE(s, "vanphong", DACT_COMPLETE), REFUSAL_NONE);
    check_int(attend(s, "khom1", ATTEND_FORGET, 0, "QĐ 12"), REFUSAL_FORBIDDEN);
    check_int(attend(s, "vanphong", ATTEND_FORGET, 0, ""), REFUSAL_REQUIRED);
    check_int(attend(s, "vanphong", ATTEND_FORGET, 0, "QĐ 12"), REFUSAL_NONE);
    struct invitee_list list = list_of(s);
    check_text(list.rows[staff].name, "");
    check(list.rows[staff].arrived_ms != 0 && list.rows[staff].forgotten_ms != 0);
    check(*list.rows[0].name != 0); // an office of the ward is no private matter
    check_int(attend(s, "vanphong", ATTEND_FORGET, 0, "QĐ 12"), REFUSAL_WRONG_STATE);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(the_synthesis_is_handed_over_within_its_days_and_a_wrong_line_struck_R91)
{
    struct scene *s = scene_new(engine_store(engine));
    struct dispatch given = {.type = "synthesis",
                             .recipient = "Ban Thường vụ Đảng ủy phường",
                             .day = on(6, 28),
                             .receiver = "Văn phòng Đảng ủy",
                             .note = ""};
    check_int(run_as(s, "vanphong", run_dispatch_add, &given, NULL), REFUSAL_WRONG_STATE);
    scene_open(s);
    scene_close(s);
    at(s, 6, 28, 9, 0);
    int64_t id = 0;
    check_int(run_as(s, "thuky", run_dispatch_add, &given, NULL), REFUSAL_FORBIDDEN);
    given.day = on(6, 29);
    check_int(run_as(s, "vanphong", run_dispatch_add, &given, NULL), REFUSAL_INVALID);
    given.day = on(6, 28);
    check_int(run_as(s, "vanphong", run_dispatch_add, &given, &id), REFUSAL_NONE);
    STORE_READ ro = NULL;
    struct dispatch_list list;
    struct dialogue d;
    struct unit_head head;
    const struct unit_facts *facts;
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    struct sql *sql = store_ro_sql(ro);
    check_int(store_dispatches(sql, s->unit, s->dialogue, &s->arena, &list), STATUS_OK);
    check_int(dispatch_day(&list, "synthesis"), on(6, 28));
    check_int(store_dialogue_load(sql, s->unit, s->dialogue, &s->arena, &d), STATUS_OK);
    check_int(store_head_read(sql, s->unit, &head), STATUS_OK);
    check_int(app_facts(&s->app, sql, s->unit, head.config, &facts), STATUS_OK);
    check_int(synthesis_due(facts, &d), on(7, 1)); // 30/06/2024 is a Sunday
    store_read_drop(&ro);
    check_int(run_as(s, "vanphong", run_dispatch_strike, &id, NULL), REFUSAL_NONE);
    check_int(run_as(s, "vanphong", run_dispatch_strike, &id, NULL), REFUSAL_WRONG_STATE);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(what_the_office_writes_for_the_reports_is_kept_and_registered_R14_R37)
{
    RULE("R14 R37 R38 R39");
    struct scene *s = scene_new(engine_store(engine));
    struct paper_texts texts = {.at = {[PAPER_ECONOMY] = "Thu ngân sách đạt 62%.",
                                       [PAPER_PROPOSALS] = "Sửa quy định về phí vệ sinh."}};
    int64_t before = entries(s);
    check_int(run_as(s, "khom1", run_texts_write, &texts, NULL), REFUSAL_FORBIDDEN);
    check_int(run_as(s, "vanphong", run_texts_write, &texts, NULL), REFUSAL_NONE);
    check_int(entries(s), before + 2);
    check_int(run_as(s, "vanphong", run_texts_write, &texts, NULL), REFUSAL_NONE);
    check_int(entries(s), before + 2); // nothing changed, nothing written
    check_sound(s);
    scene_free(s);
}

enum { TAMPER_NAME, TAMPER_ARRIVED, TAMPER_GONE };
static const struct sql_stmt tampers[] = {
    [TAMPER_NAME] = {"tamper_name", "UPDATE invitee SET name = 'Kẻ Khác' WHERE invitee = 1", ""},
    [TAMPER_ARRIVED] = {"tamper_arrived", "UPDATE invitee SET arrived_ms = 5 WHERE invitee = 1",
                        ""},
    [TAMPER_GONE] = {"tamper_gone", "DELETE FROM invitee WHERE invitee = 1", ""},
};

static enum status tamper(struct store_tx *tx, void *arg)
{
    return sql_exec(store_tx_sql(tx), &tampers[*(const int *)arg], SQL_NO_ARGS, NULL);
}

static void found_by_verify(struct engine *engine, int how)
{
    STORE_READ ro = NULL;
    struct verify_report report;
    struct scene *s = scene_new(engine_store(engine));
    check_int(invite_one(s, "khom1", row("Lê Thị Bé", "", PART_RESIDENTS, 1)), REFUSAL_NONE);
    check_sound(s);
    check_int(store_run(s->app.store, tamper, &how), STATUS_OK);
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    check_int(verify_unit(&s->app, store_ro_sql(ro), s->unit, &report), STATUS_OK);
    check(!report.sound);
    check(strstr(report.what, "invitee 1-1") != NULL);
    store_read_drop(&ro);
    scene_free(s);
}

STORE_TEST(a_name_changed_by_hand_is_found_by_verify)
{
    found_by_verify(engine, TAMPER_NAME);
}

STORE_TEST(an_arrival_put_in_by_hand_is_found_by_verify)
{
    found_by_verify(engine, TAMPER_ARRIVED);
}

STORE_TEST(an_invitee_taken_out_by_hand_is_found_by_verify)
{
    found_by_verify(engine, TAMPER_GONE);
}

static const struct store_case cases[] = {
    STORE_CASE(a_khom_invites_within_its_quota_and_only_its_own_R102),
    STORE_CASE(participants_of_every_group_are_invited_at_their_level_R22_R35),
    STORE_CASE(staff_are_invited_at_once_and_who_stays_away_is_shown_R92),
    STORE_CASE(an_invitation_is_handed_over_once_with_proof),
    STORE_CASE(at_the_door_a_number_an_address_or_a_name_is_enough_R87),
    STORE_CASE(whoever_walks_in_is_counted_named_only_if_they_wish_R34_R87),
    STORE_CASE(names_are_destroyed_after_use_and_the_counts_stay),
    STORE_CASE(the_synthesis_is_handed_over_within_its_days_and_a_wrong_line_struck_R91),
    STORE_CASE(what_the_office_writes_for_the_reports_is_kept_and_registered_R14_R37),
    STORE_CASE(a_name_changed_by_hand_is_found_by_verify),
    STORE_CASE(an_arrival_put_in_by_hand_is_found_by_verify),
    STORE_CASE(an_invitee_taken_out_by_hand_is_found_by_verify),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
