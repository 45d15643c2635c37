// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may see an opinion and who may act on it: the order of checks of the contract, common to all
// actions. What each action decides is in opinion_intake.c, opinion_floor.c, opinion_answer.c,
// opinion_owed.c, opinion_end.c.
#include "domain/opinion_acts.h"

#include <string.h>

#include "base/day.h"
#include "base/tr.h"

static const struct value_name verdict_rows[] = {
    [VERDICT_NONE] = {"", ""},
    [VERDICT_AGREED] = {"agreed", N_("đồng ý")},
    [VERDICT_NOT_AGREED] = {"not_agreed", N_("chưa đồng ý")},
};
static_assert(ARRAY_LEN(verdict_rows) == VERDICT_COUNT, "verdicts");
const struct value_set verdicts = {"verdict", verdict_rows, VERDICT_COUNT};

static const struct value_name item_kind_rows[] = {
    [ITEM_ASSIGNMENT] = {"assignment", N_("phân công")},
    [ITEM_REFERRAL] = {"referral", N_("kiến nghị cấp trên")},
    [ITEM_ASK_BACK] = {"ask_back", N_("hỏi lại")},
    [ITEM_REPLY] = {"reply", N_("phản hồi của người có ý kiến")},
    [ITEM_EXCHANGE] = {"exchange", N_("trao đổi")},
    [ITEM_ANSWER] = {"answer", N_("trả lời")},
    [ITEM_SUPPLEMENT] = {"supplement", N_("trả lời bổ sung")},
    [ITEM_DRAFT] = {"draft", N_("dự thảo trả lời")},
    [ITEM_NOTICE] = {"notice", N_("thông báo thời gian và cơ quan giải quyết")},
    [ITEM_DELIVERY] = {"delivery", N_("giao trả lời")},
    [ITEM_EXTENSION] = {"extension", N_("gia hạn")},
    [ITEM_AGENCY_REPLY] = {"agency_reply", N_("phản hồi của cơ quan cấp trên")},
    [ITEM_REMARK] = {"remark", N_("ý kiến giám sát")},
    [ITEM_REMARK_REPLY] = {"remark_reply", N_("trả lời ý kiến giám sát")},
    [ITEM_DUE] = {"due", N_("hạn trả lời")},
    [ITEM_EDIT] = {"edit", N_("bản trước khi sửa")},
    [ITEM_REASON] = {"reason", N_("lý do")},
    [ITEM_PROMPT] = {"prompt", N_("đề nghị đi vào trọng tâm")},
    [ITEM_VERDICT] = {"verdict", N_("ý kiến về câu trả lời")},
    [ITEM_CONCLUSION] = {"conclusion", N_("kết luận")},
    [ITEM_WITHDRAWAL] = {"withdrawal", N_("rút ý kiến")},
    [ITEM_FLOOR] = {"floor", N_("mời phát biểu")},
};
static_assert(ARRAY_LEN(item_kind_rows) == ITEM_KIND_COUNT, "item kinds");
const struct value_set item_kinds = {"item_kind", item_kind_rows, ITEM_KIND_COUNT};

int opinion_action_parse(const char *code)
{
    for (int i = 0; code != NULL && i < OPINION_ACTION_COUNT; i++)
        if (strcmp(opinion_rules[i].code, code) == 0) return i;
    return -1;
}

bool opinion_names(const struct opinion *o, const char *username)
{
    return word_list_has(o->named, username);
}

bool opinion_is_final(enum opinion_state state)
{
    return (OPINION_OPEN_STATES & 1u << state) == 0;
}

bool opinion_is_overdue(const struct opinion *o, int32_t today)
{
    bool owes = o->state == OPINION_OWED || o->state == OPINION_REFERRED;
    return owes && o->due_legal != DAY_NONE && today > o->due_legal;
}

static const char *actor_name(const struct opinion_case *c)
{
    return c->actor->kind == ACTOR_ACCOUNT ? c->actor->person->username : "";
}

/// Roles in the dialogue plus what ties the actor to this opinion.
static uint32_t case_roles(const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    uint32_t mask = dialogue_roles(c->dialogue, c->actor);
    if (c->actor->kind == ACTOR_AUTHOR &&
        memcmp(c->actor->receipt_hash, o->receipt_hash, RECEIPT_HASH_BYTES) == 0)
        mask |= WHO(ROLE_AUTHOR);
    if (c->actor->kind != ACTOR_ACCOUNT) return mask;
    const char *me = actor_name(c);
    if (!o->responsible_is_body && strcmp(o->responsible, me) == 0) mask |= WHO(ROLE_ASSIGNEE);
    if (strcmp(o->floor, me) == 0) mask |= WHO(ROLE_FLOOR);
    // While it is with an agency, the officer it was last assigned to still drafts and replies.
    const struct opinion_item *last =
        o->state == OPINION_REFERRED ? opinion_last_item(c, ITEM_ASSIGNMENT, -1) : NULL;
    if (last != NULL && strcmp(last->person, me) == 0) mask |= WHO(ROLE_ASSIGNEE);
    return mask;
}

static bool khom_concerned(const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    return c->actor->kind == ACTOR_ACCOUNT && (c->actor->person->roles & WHO(ROLE_KHOM)) != 0 &&
           c->actor->person->khom == o->khom && o->khom != 0 &&
           (o->created_by_staff || o->reply_by == REPLY_KHOM);
}

bool opinion_is_public(const struct opinion *o)
{
    const unsigned shown = 1u << OPINION_RELAYED | 1u << OPINION_ON_FLOOR | 1u << OPINION_ANSWERED |
                           1u << OPINION_OWED | 1u << OPINION_REFERRED | 1u << OPINION_CONCLUDED;
    return o->relayed && (shown & 1u << o->state) != 0 && o->visibility != VISIBILITY_STAFF &&
           o->visibility != VISIBILITY_SEALED;
}

bool opinion_visible(const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    const uint32_t roles_here = case_roles(c);
    if (c->actor->kind == ACTOR_SYSTEM || (roles_here & WHO(ROLE_AUTHOR))) return true;
    if (o->visibility == VISIBILITY_SEALED) return (roles_here & WHO(ROLE_CUSTODIAN)) != 0;
    if (opinion_is_public(o) || khom_concerned(c)) return true;
    const uint32_t before_relay = WHO(ROLE_SECRETARY) | WHO(ROLE_OFFICE) | WHO(ROLE_OVERSIGHT);
    const uint32_t staff = before_relay | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) |
                           WHO(ROLE_SECOND_READER) | WHO(ROLE_SPECIALIST) | WHO(ROLE_CULTURE) |
                           WHO(ROLE_ARCHIVIST) | WHO(ROLE_ASSIGNEE) | WHO(ROLE_FLOOR);
    // Invariant 6: unrelayed, it does not reach the chair, nor whoever works for the chair.
    return (roles_here & (o->relayed || o->state == OPINION_DIVERTED ? staff : before_relay)) != 0;
}

bool opinion_shows_contacts(const struct opinion_case *c)
{
    const uint32_t may = WHO(ROLE_SECRETARY) | WHO(ROLE_OFFICE) | WHO(ROLE_AUTHOR);
    uint32_t mine = case_roles(c);
    if (c->opinion->visibility == VISIBILITY_SEALED)
        return (mine & (WHO(ROLE_CUSTODIAN) | WHO(ROLE_AUTHOR))) != 0;
    return (mine & may) != 0 || khom_concerned(c);
}

bool opinion_shows_name(const struct opinion_case *c)
{
    const uint32_t staff = WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) | WHO(ROLE_SECOND_READER) |
                           WHO(ROLE_SPECIALIST) | WHO(ROLE_OVERSIGHT) | WHO(ROLE_ASSIGNEE);
    if (opinion_shows_contacts(c)) return true;
    if (c->opinion->visibility == VISIBILITY_SEALED) return false;
    return (case_roles(c) & staff) != 0 ||
           (c->opinion->publish_name && opinion_is_public(c->opinion));
}

static bool in_session(const struct opinion_case *c)
{
    return c->dialogue->state == DIALOGUE_OPEN || c->dialogue->state == DIALOGUE_ADJOURNED;
}

static bool chair_is_named(const struct opinion_case *c)
{
    const char *appointed = c->dialogue->appointed[APPOINT_CHAIR];
    if (*appointed != 0) return opinion_names(c->opinion, appointed);
    const struct person *chair = people_with_role(c->people, ROLE_CHAIR);
    return chair != NULL && opinion_names(c->opinion, chair->username);
}

static bool secretary_is_named(const struct opinion_case *c)
{
    const char *appointed = c->dialogue->appointed[APPOINT_SECRETARY];
    if (*appointed != 0) return opinion_names(c->opinion, appointed);
    const struct person *secretary = people_with_role(c->people, ROLE_SECRETARY);
    return secretary != NULL && opinion_names(c->opinion, secretary->username);
}

/// Who does the secretary's part: for one who is named, the office (invariant 9).
static bool serves_as_secretary(const struct opinion_case *c, uint32_t mine)
{
    return (mine & WHO(ROLE_SECRETARY)) != 0 ||
           ((mine & WHO(ROLE_OFFICE)) != 0 && secretary_is_named(c));
}

/// The contract's "own case" paragraph: who stands in for a chair or secretary whom the opinion
/// names. The named ones keep the bit, so that the answer is own_case and not forbidden.
static uint32_t stand_in(const struct opinion_case *c, const struct opinion_rule *rule,
                         uint32_t mine)
{
    uint32_t acts_as = mine;
    if (mine & WHO(ROLE_DEPUTY)) acts_as |= WHO(ROLE_CHAIR);
    if ((rule->who & WHO(ROLE_SECRETARY)) && serves_as_secretary(c, mine))
        acts_as |= WHO(ROLE_SECRETARY);
    if (!rule->chair_slot || !chair_is_named(c)) return acts_as & ~WHO(ROLE_SECOND_READER);
    const char *reader = c->dialogue->appointed[APPOINT_SECOND_READER];
    const char *deputy = c->dialogue->appointed[APPOINT_DEPUTY];
    bool named_self = opinion_names(c->opinion, actor_name(c));
    uint32_t decides = *reader != 0   ? WHO(ROLE_SECOND_READER)
                       : *deputy != 0 ? WHO(ROLE_DEPUTY)
                                      : WHO(ROLE_OFFICE);
    if (mine & decides) return acts_as | WHO(ROLE_CHAIR);
    return named_self ? acts_as : acts_as & ~WHO(ROLE_CHAIR);
}

/// The role written into the register: one's own, not the one stood in for.
static enum role own_role(enum role acting, uint32_t mine)
{
    if (mine & WHO(acting)) return acting;
    const enum role others[] = {ROLE_SECOND_READER, ROLE_DEPUTY, ROLE_OFFICE};
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (mine & WHO(others[i])) return others[i];
    return acting;
}

static struct refusal may_on_behalf(struct opinion_case *c, const struct opinion_rule *rule,
                                    enum opinion_action action, uint32_t mine)
{
    const bool secretary = serves_as_secretary(c, mine);
    switch (c->behalf) {
    case BEHALF_CHAIR:
        if (!(rule->who & WHO(ROLE_CHAIR)) || !secretary || !in_session(c)) break;
        return c->acting = ROLE_CHAIR, ALLOWED;
    case BEHALF_FLOOR:
        if ((action != ACT_ANSWER && action != ACT_SUPPLEMENT) || !secretary) break;
        if (c->dialogue->state != DIALOGUE_OPEN) return REFUSE(REFUSAL_WRONG_STATE);
        return c->acting = ROLE_FLOOR, ALLOWED;
    case BEHALF_AUTHOR: {
        bool after = c->dialogue->state == DIALOGUE_CLOSED ||
                     c->dialogue->state == DIALOGUE_COMPLETED ||
                     c->dialogue->state == DIALOGUE_CANCELLED;
        bool proxy =
            in_session(c) ? secretary : after && ((mine & WHO(ROLE_OFFICE)) || khom_concerned(c));
        if (!(rule->who & WHO(ROLE_AUTHOR)) || action == ACT_REVOKE || !proxy) break;
        return c->acting = ROLE_AUTHOR, ALLOWED;
    }
    case BEHALF_SELF:
    case BEHALF_COUNT:
        break;
    }
    return REFUSE(REFUSAL_FORBIDDEN);
}

struct refusal opinion_may(struct opinion_case *c, enum opinion_action action)
{
    const struct opinion_rule *rule = &opinion_rules[action];
    uint32_t mine = case_roles(c);
    if (c->actor->kind == ACTOR_SYSTEM) mine = WHO(ROLE_SYSTEM);
    if (c->behalf != BEHALF_SELF) return may_on_behalf(c, rule, action, mine);
    uint32_t matching = stand_in(c, rule, mine) & rule->who;
    if ((matching & WHO(ROLE_KHOM)) && !khom_concerned(c)) matching &= ~WHO(ROLE_KHOM);
    if (c->opinion->visibility != VISIBILITY_SEALED) // a custodian keeps sealed matters, no other
        matching &= ~WHO(ROLE_CUSTODIAN);
    if (matching & WHO(ROLE_OFFICE) && action == ACT_ASSIGN && !(matching & WHO(ROLE_CHAIR)) &&
        c->dialogue->state != DIALOGUE_CLOSED && c->dialogue->state != DIALOGUE_COMPLETED &&
        c->dialogue->state != DIALOGUE_CANCELLED)
        matching &= ~WHO(ROLE_OFFICE); // the office assigns after close or cancel only
    if (matching == 0)
        return REFUSE(c->actor->kind == ACTOR_PUBLIC ? REFUSAL_UNAUTHENTICATED : REFUSAL_FORBIDDEN);
    c->acting = own_role((enum role)__builtin_ctz(matching), mine);
    return ALLOWED;
}

static bool is_own_case(const struct opinion_case *c, const struct opinion_rule *rule)
{
    // A secretary who is named does none of a secretary's acts on it, nor records those of others;
    // no more does who stands in and is named as well.
    bool in_place = (rule->who & WHO(ROLE_SECRETARY)) && !(rule->who & WHO(ROLE_OFFICE)) &&
                    c->acting == ROLE_OFFICE;
    bool desk = c->acting == ROLE_SECRETARY || in_place || c->behalf != BEHALF_SELF;
    if (desk && opinion_names(c->opinion, actor_name(c))) return true;
    const char *me = c->behalf == BEHALF_FLOOR ? c->opinion->floor : actor_name(c);
    bool own = opinion_names(c->opinion, me) || (c->behalf == BEHALF_CHAIR && chair_is_named(c));
    return rule->no_own_case && own;
}

static struct refusal ready(const struct opinion_case *c, const struct opinion_rule *rule)
{
    return rule->ready != NULL ? rule->ready(c) : ALLOWED;
}

bool opinion_can(struct opinion_case *c, enum opinion_action action)
{
    const struct opinion_rule *rule = &opinion_rules[action];
    return opinion_may(c, action).code == REFUSAL_NONE &&
           (rule->from & 1u << c->opinion->state) != 0 && !is_own_case(c, rule) &&
           ready(c, rule).code == REFUSAL_NONE;
}

bool opinion_reaches_group(const struct opinion_case *lead, enum opinion_action action)
{
    const uint32_t chairs =
        WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) | WHO(ROLE_SECOND_READER); // none is named in a group
    switch (opinion_rules[action].group) {
    case GROUP_ALONE:
        return false;
    case GROUP_BY_CHAIR:
        return (WHO(lead->acting) & chairs) != 0;
    case GROUP_WIDE:
        return true;
    }
    return false;
}

/// With its lead: also from a state the act has no name for, as set off topic while owed.
static bool may_start(const struct opinion_case *c, const struct opinion_rule *rule)
{
    const unsigned grouped = 1u << OPINION_RELAYED | 1u << OPINION_ON_FLOOR | 1u << OPINION_OWED;
    bool follows = c->with_lead && rule->decide == act_set_off_topic;
    return ((rule->from | (follows ? grouped : 0)) & 1u << c->opinion->state) != 0;
}

struct refusal opinion_act(struct opinion_case *c, enum opinion_action action)
{
    const struct opinion_rule *rule = &opinion_rules[action];
    struct refusal refusal = opinion_may(c, action);
    if (refusal.code != REFUSAL_NONE) return refusal;
    if (!may_start(c, rule)) return REFUSE(REFUSAL_WRONG_STATE);
    struct refusal unready = ready(c, rule);
    bool before_fields = unready.code == REFUSAL_FORBIDDEN || unready.code == REFUSAL_WRONG_STATE;
    if (before_fields) return unready;
    if (c->form_refusal.code != REFUSAL_NONE) return c->form_refusal;
    refusal = params_check(rule->params, rule->param_count, c->params);
    if (refusal.code != REFUSAL_NONE) return refusal;
    if (c->proof.given && c->proof.kind == PROOF_HEARD && c->dialogue->state != DIALOGUE_OPEN)
        return REFUSE_FIELD(REFUSAL_INVALID, "proof");
    if (c->behalf == BEHALF_AUTHOR && !c->proof.given)
        return REFUSE_FIELD(REFUSAL_PROOF_REQUIRED, "proof");
    if (is_own_case(c, rule)) return REFUSE(REFUSAL_OWN_CASE);
    return unready.code != REFUSAL_NONE ? unready : rule->decide(c);
}

struct opinion_item *opinion_add_item(struct opinion_case *c, enum item_kind kind)
{
    if (c->item_count == c->item_room) {
        int room = c->item_room == 0 ? 8 : c->item_room * 2;
        struct opinion_item *grown = arena_array(c->arena, struct opinion_item, (size_t)room);
        if (c->item_count > 0) memcpy(grown, c->items, (size_t)c->item_count * sizeof(*grown));
        c->items = grown;
        c->item_room = room;
    }
    struct opinion_item *item = &c->items[c->item_count++];
    *item = (struct opinion_item){.item = c->opinion->next_item++,
                                  .kind = kind,
                                  .entry = c->entry,
                                  .at_ms = c->now_ms,
                                  .actor = actor_name(c),
                                  .role = c->acting,
                                  .behalf = c->behalf,
                                  .person = "",
                                  .body = "",
                                  .code = -1,
                                  .code2 = -1,
                                  .day = DAY_NONE,
                                  .day2 = DAY_NONE,
                                  .round = c->opinion->round,
                                  .text = "",
                                  .refs = "",
                                  .proof = "",
                                  .added = true};
    if (c->proof.given)
        item->proof =
            arena_printf(c->arena, "%s|%s|%s", value_code(&proof_kinds, (int)c->proof.kind),
                         c->proof.attachment, c->proof.text);
    return item;
}

struct opinion_item *opinion_last_item(const struct opinion_case *c, enum item_kind kind,
                                       int status)
{
    for (int i = c->item_count - 1; i >= 0; i--)
        if (c->items[i].kind == kind && (status < 0 || (int)c->items[i].status == status))
            return &c->items[i];
    return NULL;
}
