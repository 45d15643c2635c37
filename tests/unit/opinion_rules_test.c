// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of an opinion's actions walked whole: every (state, action, role) that is not in it is
// refused with the contract's code and changes nothing; every one that is in it does not fail for
// role or state.
#include <stdlib.h>

#include "base/arena.h"
#include "base/day.h"
#include "domain/opinion.h"
#include "../test.h"

static const struct person PEOPLE[] = {
    {"chutich", "Nguyễn Văn A", "Chủ tịch", WHO(ROLE_CHAIR), 0, 0, true},
    {"vanphong", "Trần Thị B", "Văn phòng", WHO(ROLE_OFFICE), 0, 0, true},
    {"thuky", "Lê Văn C", "Thư ký", WHO(ROLE_SECRETARY), 0, 0, true},
    {"diachinh", "Phạm Thị D", "Địa chính", WHO(ROLE_SPECIALIST), 1u << FIELD_CONSTRUCTION, 0,
     true},
    {"vanhoa", "Đỗ Văn E", "Văn hóa", WHO(ROLE_CULTURE), 0, 0, true},
    {"khom1", "Võ Thị F", "Trưởng khóm 1", WHO(ROLE_KHOM), 0, 1, true},
    {"hdnd", "Bùi Văn G", "HĐND", WHO(ROLE_OVERSIGHT), 0, 0, true},
    {"danguy", "Hồ Thị H", "Đảng ủy", WHO(ROLE_PARTY), 0, 0, true},
    {"vanthu", "Ngô Văn I", "Văn thư", WHO(ROLE_ARCHIVIST), 0, 0, true},
    {"baomat1", "Dương Thị K", "Giữ hồ sơ niêm phong", WHO(ROLE_CUSTODIAN), 0, 0, true},
    {"quantri", "Quản trị", "Quản trị", WHO(ROLE_ADMIN), 0, 0, true},
    {"phochutich", "Phan Văn L", "Phó Chủ tịch", 0, 0, 0, true},
    {"docthuhai", "Mai Thị M", "Người xem xét", 0, 0, 0, true},
};
enum { PERSON_COUNT = ARRAY_LEN(PEOPLE) };

static const unsigned char RECEIPT[RECEIPT_HASH_BYTES] = {1, 2, 3};
static const unsigned char OTHER_RECEIPT[RECEIPT_HASH_BYTES] = {9};

struct world {
    struct arena arena;
    struct dialogue dialogue;
    struct opinion opinion, lead;
    struct opinion_item items[8];
    int item_count;
    struct people people;
    struct actor actor;
    struct params params;
    struct opinion_case c;
};

static struct opinion plain_opinion(enum opinion_state state)
{
    return (struct opinion){.id = 2024 * OPINION_PER_YEAR + 7,
                            .dialogue = 1,
                            .version = 3,
                            .state = state,
                            .channel = CHANNEL_SPOKEN,
                            .field = FIELD_CONSTRUCTION,
                            .khom = 1,
                            .topic = "",
                            .named = "",
                            .content = "Đường hẻm 12 ngập.",
                            .name = "Nguyễn Văn A",
                            .organisation = "",
                            .phone = "",
                            .email = "",
                            .floor = "",
                            .responsible = "diachinh",
                            .relayed = state != OPINION_RECEIVED,
                            .round = 1,
                            .next_item = 5,
                            .window_end = DAY_NONE,
                            .due_start = DAY_NONE,
                            .due_legal = DAY_NONE,
                            .due_safe = DAY_NONE,
                            .before_call = OPINION_RELAYED,
                            .before_close = OPINION_STATE_COUNT,
                            .created_by_staff = true,
                            .visibility = VISIBILITY_INITIALS};
}

static void add(struct world *w, enum item_kind kind, enum item_status status,
                enum on_behalf behalf)
{
    w->items[w->item_count] = (struct opinion_item){.item = w->item_count + 1,
                                                    .kind = kind,
                                                    .status = status,
                                                    .behalf = behalf,
                                                    .entry = 40 + w->item_count,
                                                    .actor = "diachinh",
                                                    .person = "diachinh",
                                                    .body = "",
                                                    .text = "x",
                                                    .refs = "",
                                                    .proof = "",
                                                    .code = MODE_WRITTEN,
                                                    .code2 = ANSWER_ANSWER,
                                                    .day = DAY_NONE,
                                                    .day2 = DAY_NONE};
    w->item_count++;
}

/// An opinion on which as many actions as possible could work: a draft waits, a referral waits, a
/// remark stands.
static void world_set(struct world *w, enum opinion_state state)
{
    arena_reset(&w->arena);
    struct arena arena = w->arena;
    *w = (struct world){.arena = arena, .people = {PEOPLE, PERSON_COUNT}};
    w->dialogue = (struct dialogue){.id = 1,
                                    .state = DIALOGUE_OPEN,
                                    .title = "",
                                    .place = "",
                                    .planned = "",
                                    .number = "",
                                    .symbol = "",
                                    .reason = "",
                                    .conclusion = "",
                                    .issued_day = DAY_NONE,
                                    .opened_ms = instant_at(day_of_civil(2024, 6, 20), 8, 0),
                                    .announced_ms = 1};
    for (int i = 0; i < APPOINT_COUNT; i++)
        w->dialogue.appointed[i] = "";
    w->dialogue.appointed[APPOINT_DEPUTY] = "phochutich";
    w->dialogue.appointed[APPOINT_SECOND_READER] = "docthuhai";
    w->opinion = plain_opinion(state);
    memcpy(w->opinion.receipt_hash, RECEIPT, sizeof(RECEIPT));
    w->lead = plain_opinion(OPINION_RELAYED);
    w->lead.id++;
    if (state == OPINION_OWED || state == OPINION_REFERRED) {
        w->opinion.due_start = day_of_civil(2024, 6, 20);
        w->opinion.due_legal = day_of_civil(2024, 7, 22);
        w->opinion.due_safe = day_of_civil(2024, 7, 19);
    }
    if (state == OPINION_CONCLUDED) w->opinion.concluded_ms = w->dialogue.opened_ms;
    add(w, ITEM_ASSIGNMENT, ITEM_DONE, BEHALF_SELF);
    add(w, ITEM_DRAFT, ITEM_WAITING, BEHALF_SELF);
    add(w, ITEM_REMARK, ITEM_WAITING, BEHALF_SELF);
    add(w, ITEM_REFERRAL, ITEM_WAITING, BEHALF_SELF);
}

static void give(struct world *w, enum param_id id, int64_t number, const char *text)
{
    w->params.at[id] = (struct param_value){.given = true, .number = number, .text = text};
}

/// Parameters that the action accepts in the best case.
static void fill_params(struct world *w, enum opinion_action action)
{
    static const char *const named[] = {"vanhoa"};
    static const struct part parts[] = {{"Phần một", -1}, {"Phần hai", FIELD_SECURITY}};
    static const struct span spans[] = {{0, 3}};
    const struct opinion_rule *rule = &opinion_rules[action];
    for (int i = 0; i < rule->param_count; i++) {
        enum param_id id = rule->params[i].id;
        const struct param_row *row = &param_rows[id];
        if (!rule->params[i].required && id != PARAM_PHONE) continue;
        switch (row->type) {
        case PARAM_TYPE_TEXT:
        case PARAM_TYPE_MONTH_OR_DATE:
            give(w, id, 0, "Nội dung");
            break;
        case PARAM_TYPE_LINE:
            give(w, id, 0,
                 id == PARAM_TO      ? "diachinh"
                 : id == PARAM_PHONE ? "0900000001"
                                     : "Sở Xây dựng");
            break;
        case PARAM_TYPE_VALUE:
            give(w, id, id == PARAM_OUTCOME ? OUTCOME_AGREED : 0, NULL);
            break;
        case PARAM_TYPE_DATE:
            give(w, id, day_of_civil(2024, 6, id == PARAM_DATE ? 20 : 28), NULL);
            break;
        case PARAM_TYPE_INSTANT:
            give(w, id, w->dialogue.opened_ms + DAY_MS, NULL);
            break;
        case PARAM_TYPE_INTEGER:
            give(w, id, id == PARAM_REMARK ? 3 : 40, NULL);
            break;
        case PARAM_TYPE_BOOL:
            give(w, id, 0, NULL);
            break;
        case PARAM_TYPE_KHOM:
            give(w, id, 1, NULL);
            break;
        case PARAM_TYPE_OPINION:
            give(w, id, w->lead.id, NULL);
            break;
        case PARAM_TYPE_LINES:
            w->params.at[id] = (struct param_value){.given = true, .count = 1, .lines = named};
            break;
        case PARAM_TYPE_PARTS:
            w->params.at[id] = (struct param_value){.given = true, .count = 2, .parts = parts};
            break;
        case PARAM_TYPE_SPANS:
            w->params.at[id] = (struct param_value){.given = true, .count = 1, .spans = spans};
            break;
        }
    }
}

static void world_case(struct world *w)
{
    w->c = (struct opinion_case){
        .arena = &w->arena,
        .now_ms = w->dialogue.opened_ms + HOUR_MS,
        .today = day_of_civil(2024, 6, 20),
        .calendar = calendar_builtin(),
        .people = &w->people,
        .dialogue = &w->dialogue,
        .actor = &w->actor,
        .params = &w->params,
        .opinion = &w->opinion,
        .items = w->items,
        .item_count = w->item_count,
        .item_room = w->item_count,
        .lead = &w->lead,
        .proof = {.given = true, .kind = PROOF_SIGNATURE, .text = "", .attachment = ""}};
}

enum { ACTOR_ROWS = PERSON_COUNT + 4 };

static void set_actor(struct world *w, int row)
{
    w->actor = (struct actor){.kind = ACTOR_PUBLIC};
    if (row < PERSON_COUNT)
        w->actor = (struct actor){.kind = ACTOR_ACCOUNT, .person = &PEOPLE[row]};
    if (row == PERSON_COUNT)
        w->actor = (struct actor){.kind = ACTOR_AUTHOR, .receipt_hash = RECEIPT};
    if (row == PERSON_COUNT + 1)
        w->actor = (struct actor){.kind = ACTOR_AUTHOR, .receipt_hash = OTHER_RECEIPT};
    if (row == PERSON_COUNT + 2) w->actor = (struct actor){.kind = ACTOR_TICKET, .ticket = 1};
}

/// The contract's table told a second time, by what a role is and not by how the code finds it out.
static bool role_is_in_table(const struct opinion_rule *rule, int row, enum opinion_action action)
{
    uint32_t mine = 0;
    if (row < PERSON_COUNT) mine = PEOPLE[row].roles;
    if (row < PERSON_COUNT && strcmp(PEOPLE[row].username, "phochutich") == 0)
        mine = WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY);
    if (row < PERSON_COUNT && strcmp(PEOPLE[row].username, "docthuhai") == 0)
        mine = 0; // only where the chair is named
    if (row < PERSON_COUNT && strcmp(PEOPLE[row].username, "diachinh") == 0)
        mine |= WHO(ROLE_ASSIGNEE);
    if (row == PERSON_COUNT) mine = WHO(ROLE_AUTHOR);
    if (row == PERSON_COUNT + 2) mine = WHO(ROLE_TICKET);
    if (action == ACT_ASSIGN) mine &= ~WHO(ROLE_OFFICE); // after close or cancel only
    mine &= ~WHO(ROLE_CUSTODIAN);                        // sealed matters alone; these are not
    return (rule->who & mine) != 0;
}

static bool same_opinion(const struct world *w, const struct opinion *before, int items)
{
    return memcmp(&w->opinion, before, sizeof(*before)) == 0 && w->c.item_count == items;
}

TEST(what_is_not_in_the_table_is_refused_and_changes_nothing)
{
    struct world *w = calloc(1, sizeof(*w));
    int refused = 0, allowed = 0, others = 0;
    for (int action = 0; action < OPINION_ACTION_COUNT; action++)
        for (int state = 0; state < OPINION_STATE_COUNT; state++)
            for (int row = 0; row < ACTOR_ROWS; row++) {
                world_set(w, (enum opinion_state)state);
                set_actor(w, row);
                fill_params(w, (enum opinion_action)action);
                world_case(w);
                struct opinion before = w->opinion;
                const struct opinion_rule *rule = &opinion_rules[action];
                bool role = role_is_in_table(rule, row, (enum opinion_action)action);
                bool from = (rule->from & 1u << state) != 0;
                enum refusal_code code = opinion_act(&w->c, (enum opinion_action)action).code;
                if (!role) {
                    bool says_so = code == REFUSAL_FORBIDDEN ||
                                   (code == REFUSAL_UNAUTHENTICATED && row == ACTOR_ROWS - 1);
                    if (!says_so)
                        printf("# %s from %s by row %d gave %d\n", rule->code,
                               value_code(&opinion_states, state), row, code);
                    check(says_so);
                } else if (!from) {
                    check_int(code, REFUSAL_WRONG_STATE);
                } else if (code == REFUSAL_FORBIDDEN && action != ACT_RESTORE &&
                           action != ACT_NOTIFY) {
                    printf("# %s from %s by row %d is forbidden\n", rule->code,
                           value_code(&opinion_states, state), row);
                    check(false);
                }
                if (code != REFUSAL_NONE && (!role || !from))
                    check(same_opinion(w, &before, w->item_count));
                if (code == REFUSAL_NONE) {
                    uint32_t to = rule->to == 0 ? 1u << state : rule->to;
                    if (!(to & 1u << w->opinion.state))
                        printf("# %s ended in %s\n", rule->code,
                               value_code(&opinion_states, (int)w->opinion.state));
                    check((to & 1u << w->opinion.state) != 0);
                }
                refused += !role || !from;
                allowed += code == REFUSAL_NONE;
                others += role && from && code != REFUSAL_NONE;
            }
    printf("# %d refused by the table, %d done, %d refused by other rules\n", refused, allowed,
           others);
    check(refused > 5000);
    check(allowed > 150);
    arena_done(&w->arena);
    free(w);
}

TEST(every_row_is_whole)
{
    for (int i = 0; i < OPINION_ACTION_COUNT; i++) {
        const struct opinion_rule *rule = &opinion_rules[i];
        check_fatal(rule->code != NULL && rule->label != NULL && rule->decide != NULL);
        check(rule->who != 0 && rule->from != 0);
        check_int(opinion_action_parse(rule->code), i);
    }
    for (int i = 0; i < DIALOGUE_ACTION_COUNT; i++) {
        check_fatal(dialogue_rules[i].code != NULL && dialogue_rules[i].decide != NULL);
        check(dialogue_rules[i].who != 0 && dialogue_rules[i].from != 0);
        check_int(dialogue_action_parse(dialogue_rules[i].code), i);
    }
    for (int i = 0; i < PARAM_COUNT; i++) {
        check_fatal(param_rows[i].name != NULL && param_rows[i].label != NULL);
        check((param_rows[i].type == PARAM_TYPE_VALUE) == (param_rows[i].set != NULL));
    }
    for (const struct value_set *const *set = value_sets; *set != NULL; set++)
        for (int i = 0; i < (*set)->count; i++) {
            check_fatal((*set)->rows[i].code != NULL && (*set)->rows[i].label != NULL);
            if (*(*set)->rows[i].code != 0) check_int(value_parse(*set, (*set)->rows[i].code), i);
        }
    for (int i = 1; i < REFUSAL_COUNT; i++)
        check(refusal_rows[i].code != NULL && refusal_rows[i].http_status >= 400);
}

TEST(who_an_opinion_names_does_not_handle_it)
{
    RULE("R50");
    static const enum opinion_action acts[] = {ACT_SET_OFF_TOPIC, ACT_ANSWER, ACT_SUPPLEMENT,
                                               ACT_APPROVE,       ACT_REJECT, ACT_ASSIGN,
                                               ACT_EXTEND,        ACT_REFER,  ACT_CONCLUDE};
    struct world *w = calloc(1, sizeof(*w));
    for (size_t i = 0; i < ARRAY_LEN(acts); i++)
        for (int state = 0; state < OPINION_STATE_COUNT; state++) {
            if (!(opinion_rules[acts[i]].from & 1u << state)) continue;
            for (int row = 0; row < PERSON_COUNT; row++) {
                if (!(PEOPLE[row].roles & WHO(ROLE_CHAIR)) &&
                    strcmp(PEOPLE[row].username, "docthuhai") != 0)
                    continue;
                world_set(w, (enum opinion_state)state);
                w->opinion.named = " chutich ";
                w->opinion.authority = AUTHORITY_COMPLEX; // else nothing to extend
                set_actor(w, row);
                fill_params(w, acts[i]);
                world_case(w);
                struct opinion before = w->opinion;
                enum refusal_code code = opinion_act(&w->c, acts[i]).code;
                if (PEOPLE[row].roles & WHO(ROLE_CHAIR)) {
                    check_int(code, REFUSAL_OWN_CASE);
                    check(same_opinion(w, &before, w->item_count));
                } else {
                    check(code != REFUSAL_FORBIDDEN &&
                          code != REFUSAL_OWN_CASE); // the second reader decides
                }
            }
        }
    arena_done(&w->arena);
    free(w);
}

TEST(what_is_offered_is_what_succeeds)
{
    struct world *w = calloc(1, sizeof(*w));
    int offered = 0, not_offered = 0;
    for (int action = 0; action < OPINION_ACTION_COUNT; action++)
        for (int state = 0; state < OPINION_STATE_COUNT; state++)
            for (int row = 0; row < 2 * ACTOR_ROWS; row++) {
                world_set(w, (enum opinion_state)state);
                set_actor(w, row % ACTOR_ROWS);
                fill_params(w, (enum opinion_action)action);
                if (row >= ACTOR_ROWS) { // the same again: closed, alone, nothing waiting
                    w->dialogue.state = DIALOGUE_CLOSED;
                    w->dialogue.closed_ms = w->dialogue.opened_ms + 1;
                    w->item_count = 1;
                    w->opinion.named = " chutich thuky ";
                    w->opinion.created_by_staff = false;
                }
                world_case(w);
                bool can = opinion_can(&w->c, (enum opinion_action)action);
                enum refusal_code code = opinion_act(&w->c, (enum opinion_action)action).code;
                // What the parameters alone decide: another day, another text, another outcome.
                bool by_fields = code == REFUSAL_INVALID || code == REFUSAL_REQUIRED ||
                                 code == REFUSAL_DUE_TOO_LATE;
                if (can != (code == REFUSAL_NONE) && !(can && by_fields))
                    printf("# %s from %s by row %d: offered %d, gave %d\n",
                           opinion_rules[action].code, value_code(&opinion_states, state), row, can,
                           code);
                check(can ? code == REFUSAL_NONE || by_fields : code != REFUSAL_NONE);
                offered += can;
                not_offered += !can;
            }
    check(offered > 300 && not_offered > 5000);
    arena_done(&w->arena);
    free(w);
}

TEST(the_named_chair_may_still_call_and_ask_back)
{
    struct world *w = calloc(1, sizeof(*w));
    const enum opinion_action acts[] = {ACT_CALL, ACT_ASK_BACK};
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        world_set(w, OPINION_RELAYED);
        w->opinion.named = " chutich ";
        set_actor(w, 0);
        fill_params(w, acts[i]);
        world_case(w);
        check_int(opinion_act(&w->c, acts[i]).code, REFUSAL_NONE);
    }
    arena_done(&w->arena);
    free(w);
}

TEST(an_unrelayed_opinion_is_not_there_for_chair_and_public)
{
    RULE("R75");
    struct world *w = calloc(1, sizeof(*w));
    for (int row = 0; row < ACTOR_ROWS; row++) {
        world_set(w, OPINION_RECEIVED);
        set_actor(w, row);
        world_case(w);
        w->opinion.responsible = "";
        w->opinion.created_by_staff = row < PERSON_COUNT && PEOPLE[row].khom == 1;
        uint32_t mine = row < PERSON_COUNT ? PEOPLE[row].roles : 0;
        bool sees = (mine & (WHO(ROLE_SECRETARY) | WHO(ROLE_OFFICE) | WHO(ROLE_OVERSIGHT) |
                             WHO(ROLE_KHOM))) ||
                    row == PERSON_COUNT;
        check_int(opinion_visible(&w->c), sees);
    }
    arena_done(&w->arena);
    free(w);
}

TEST(a_sealed_opinion_is_there_for_custodian_and_author_alone)
{
    struct world *w = calloc(1, sizeof(*w));
    for (int row = 0; row < ACTOR_ROWS; row++) {
        world_set(w, OPINION_DIVERTED);
        w->opinion.visibility = VISIBILITY_SEALED;
        set_actor(w, row);
        world_case(w);
        bool custodian = row < PERSON_COUNT && (PEOPLE[row].roles & WHO(ROLE_CUSTODIAN));
        check_int(opinion_visible(&w->c), custodian || row == PERSON_COUNT);
        check(!opinion_shows_name(&w->c) || custodian || row == PERSON_COUNT);
    }
    arena_done(&w->arena);
    free(w);
}

TEST(the_stream_calls_an_act_the_same_when_it_is_read_back_from_the_register)
{
    struct world *w = calloc(1, sizeof(*w));
    int compared = 0;
    for (int action = 0; action < OPINION_ACTION_COUNT; action++)
        for (int state = 0; state < OPINION_STATE_COUNT; state++)
            for (int row = 0; row < ACTOR_ROWS; row++) {
                world_set(w, (enum opinion_state)state);
                set_actor(w, row);
                fill_params(w, (enum opinion_action)action);
                world_case(w);
                if (opinion_act(&w->c, (enum opinion_action)action).code != REFUSAL_NONE) continue;
                // Added by the chair or waiting for the chair: the entry has the same states.
                if (action == ACT_SUPPLEMENT) continue;
                const char *said = w->c.event != NULL ? w->c.event : opinion_rules[action].code;
                check_text(opinion_event(opinion_rules[action].code, state, (int)w->opinion.state),
                           said);
                compared++;
            }
    check(compared > 100);
    check_text(opinion_event("close", OPINION_RELAYED, OPINION_OWED), "owed");
    check_text(opinion_event("close", OPINION_OWED, OPINION_OWED), "due");
    check_text(opinion_event("hand_over", OPINION_OWED, OPINION_OWED), "assigned");
    check_text(opinion_event("submit", -1, OPINION_RECEIVED), "submitted");
    arena_done(&w->arena);
    free(w);
}

static const struct test_case cases[] = {
    TEST_CASE(every_row_is_whole),
    TEST_CASE(what_is_not_in_the_table_is_refused_and_changes_nothing),
    TEST_CASE(who_an_opinion_names_does_not_handle_it),
    TEST_CASE(what_is_offered_is_what_succeeds),
    TEST_CASE(the_stream_calls_an_act_the_same_when_it_is_read_back_from_the_register),
    TEST_CASE(the_named_chair_may_still_call_and_ask_back),
    TEST_CASE(an_unrelayed_opinion_is_not_there_for_chair_and_public),
    TEST_CASE(a_sealed_opinion_is_there_for_custodian_and_author_alone),
};

int main(void)
{
    return RUN_CASES(cases);
}
