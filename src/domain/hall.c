// SPDX-License-Identifier: AGPL-3.0-or-later
// The acts of the live hall: the table, and who may do what when.
#include "domain/hall_acts.h"

#include "base/tr.h"

#include <string.h>

int hall_action_parse(const char *code)
{
    for (int i = 0; code != NULL && i < HALL_ACTION_COUNT; i++)
        if (strcmp(hall_rules[i].code, code) == 0) return i;
    return -1;
}

void hall_init(struct hall *hall, int64_t dialogue)
{
    *hall = (struct hall){.dialogue = dialogue,
                          .scene_text = "",
                          .topic = "",
                          .first_time = true,
                          .round_robin = true,
                          .turn_seconds = 180,
                          .warn_seconds = 30,
                          .authority_percent = 50,
                          .undo_action = -1,
                          .undo_text = ""};
}

struct refusal hall_may(struct hall_case *c, enum hall_action action)
{
    const struct hall_rule *rule = &hall_rules[action];
    uint32_t mine = dialogue_roles(c->dialogue, c->actor);
    if (c->behalf == BEHALF_CHAIR) { // the chair just talks: the secretary does it all
        if (!(rule->who & WHO(ROLE_CHAIR)) || !(mine & WHO(ROLE_SECRETARY)))
            return REFUSE(REFUSAL_FORBIDDEN);
        return c->acting = ROLE_CHAIR, ALLOWED;
    }
    if (c->behalf != BEHALF_SELF) return REFUSE(REFUSAL_FORBIDDEN);
    uint32_t acts_as = mine | (mine & WHO(ROLE_DEPUTY) ? WHO(ROLE_CHAIR) : 0);
    if ((acts_as & rule->who) == 0)
        return REFUSE(c->actor->kind == ACTOR_PUBLIC ? REFUSAL_UNAUTHENTICATED : REFUSAL_FORBIDDEN);
    c->acting = (enum role)__builtin_ctz(acts_as & rule->who);
    if (c->acting == ROLE_CHAIR && !(mine & WHO(ROLE_CHAIR))) c->acting = ROLE_DEPUTY;
    return ALLOWED;
}

struct refusal hall_act(struct hall_case *c, enum hall_action action)
{
    struct refusal refusal = hall_may(c, action);
    if (refusal.code != REFUSAL_NONE) return refusal;
    const struct hall_rule *rule = &hall_rules[action];
    if ((rule->from & 1u << c->dialogue->state) == 0) return REFUSE(REFUSAL_WRONG_STATE);
    if (c->form_refusal.code != REFUSAL_NONE) return c->form_refusal;
    refusal = params_check(rule->params, rule->param_count, c->params);
    if (refusal.code != REFUSAL_NONE) return refusal;
    return rule->decide(c);
}

// ---- the table

#define LIVE    (1u << DIALOGUE_OPEN | 1u << DIALOGUE_ADJOURNED)
#define OPEN    (1u << DIALOGUE_OPEN)
#define NAMES   (LIVE | 1u << DIALOGUE_CLOSED) // the minutes tell them too
#define PREPARE (LIVE | 1u << DIALOGUE_ANNOUNCED)
#define CONDUCT (WHO(ROLE_CHAIR) | WHO(ROLE_SECRETARY))
#define ASKS    (WHO(ROLE_TICKET) | WHO(ROLE_SECRETARY) | WHO(ROLE_KHOM))
#define PARAMS(...) \
    {__VA_ARGS__}, sizeof((struct param_use[]){__VA_ARGS__}) / sizeof(struct param_use)
#define NO_PARAMS {{0}}, 0

const struct hall_rule hall_rules[HALL_ACTION_COUNT] = {
    [HACT_HAND_UP] = {"hand_up", N_("Đăng ký phát biểu"), ASKS, LIVE,
                      PARAMS({PARAM_TURN_KIND, false}, {PARAM_NAME, false}, {PARAM_KHOM, false},
                             {PARAM_AUTHOR_TYPE, false}, {PARAM_TOPIC, false},
                             {PARAM_OPINION, false}),
                      hall_act_hand_up},
    [HACT_HAND_DOWN] = {"hand_down", N_("Thôi đăng ký"), ASKS | WHO(ROLE_CHAIR), LIVE,
                        PARAMS({PARAM_TURN, false}), hall_act_hand_down},
    [HACT_CALL_TURN] = {"call_turn", N_("Mời phát biểu"), CONDUCT, OPEN,
                        PARAMS({PARAM_TURN, false}, {PARAM_READ, false}), hall_act_call_turn},
    [HACT_END_TURN] = {"end_turn", N_("Kết thúc lượt"), CONDUCT, LIVE, NO_PARAMS,
                       hall_act_end_turn},
    [HACT_PAUSE_TURN] = {"pause_turn", N_("Tạm dừng đồng hồ"), CONDUCT, OPEN, NO_PARAMS,
                         hall_act_pause_turn},
    [HACT_RESUME_TURN] = {"resume_turn", N_("Chạy tiếp đồng hồ"), CONDUCT, OPEN, NO_PARAMS,
                          hall_act_resume_turn},
    [HACT_MORE_TIME] = {"more_time", N_("Thêm thời gian"), CONDUCT, LIVE,
                        PARAMS({PARAM_SECONDS, false}), hall_act_more_time},
    [HACT_SKIP_TURN] = {"skip_turn", N_("Vắng mặt, mời người sau"), CONDUCT, LIVE,
                        PARAMS({PARAM_TURN, false}), hall_act_skip_turn},
    [HACT_RETURN_TURN] = {"return_turn", N_("Đưa lại vào danh sách"), CONDUCT, LIVE,
                          PARAMS({PARAM_TURN, true}), hall_act_return_turn},
    [HACT_SHOW_NAME] = {"show_name", N_("Hiện tên"), WHO(ROLE_SECRETARY), NAMES,
                        PARAMS({PARAM_TURN, true}), hall_show_name},
    [HACT_SHOW_NAMES] = {"show_names", N_("Hiện các tên đã đọc"), WHO(ROLE_SECRETARY), NAMES,
                         PARAMS({PARAM_TURN, true}), hall_show_names},
    [HACT_HIDE_NAME] = {"hide_name", N_("Ẩn tên"), WHO(ROLE_SECRETARY), NAMES,
                        PARAMS({PARAM_TURN, true}), hall_hide_name},
    [HACT_SPEAK] = {"speak", N_("Ghi người đang nói"), CONDUCT, OPEN,
                    PARAMS({PARAM_SIDE, true}, {PARAM_TO, false}, {PARAM_NAME, false},
                           {PARAM_KHOM, false}, {PARAM_AUTHOR_TYPE, false},
                           {PARAM_TURN_KIND, false}, {PARAM_TOPIC, false}, {PARAM_OPINION, false}),
                    hall_act_speak},
    [HACT_CLOSE_LIST] = {"close_list", N_("Đóng danh sách"), CONDUCT, LIVE, NO_PARAMS,
                         hall_act_close_list},
    [HACT_OPEN_LIST] = {"open_list", N_("Mở danh sách"), CONDUCT, LIVE, NO_PARAMS,
                        hall_act_open_list},
    [HACT_ORDER] = {"order", N_("Đổi cách xếp lượt"), CONDUCT, PREPARE,
                    PARAMS({PARAM_FIRST_TIME, false}, {PARAM_ROUND_ROBIN, false},
                           {PARAM_TOPIC, false}),
                    hall_act_order},
    [HACT_LIMITS] = {"limits", N_("Đổi thời lượng"), CONDUCT, PREPARE,
                     PARAMS({PARAM_SECONDS, false}, {PARAM_WARN, false}, {PARAM_PERCENT, false}),
                     hall_act_limits},
    [HACT_STEP] = {"step", N_("Sang bước"), CONDUCT | WHO(ROLE_OFFICE), LIVE,
                   PARAMS({PARAM_STEP, false}), hall_act_step},
    [HACT_SCENE] = {"scene", N_("Đưa lên màn hình"), CONDUCT, PREPARE,
                    PARAMS({PARAM_SCENE, true}, {PARAM_OPINION, false}, {PARAM_TEXT, false}),
                    hall_act_scene},
    [HACT_CLEAR_SCREEN] = {"clear_screen", N_("Gỡ khỏi màn hình"), CONDUCT, PREPARE, NO_PARAMS,
                           hall_act_clear_screen},
    [HACT_UNDO] = {"undo", N_("Hoàn tác"), CONDUCT, LIVE, NO_PARAMS, hall_act_undo},
};
