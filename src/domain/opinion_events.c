// SPDX-License-Identifier: AGPL-3.0-or-later
// What the live stream calls an act, read back from its entry of the register: for who did not see
// the decision, but must say the same as who made it. Where an act has two outcomes the state it
// led to tells them apart; only a supplement that waits as a draft looks like one that stands.
#include <string.h>

#include "domain/opinion.h"

static const struct {
    const char *usual;    // what happened
    const char *kept;     // ... when the state stayed as it was; NULL: the same
    const char *answered; // ... when it stayed answered; NULL: as kept
} events[OPINION_ACTION_COUNT] = {
    [ACT_AMEND] = {"edited"},
    [ACT_CORRECT] = {"edited"},
    [ACT_CLASSIFY] = {"classified"},
    [ACT_SPLIT] = {"split"},
    [ACT_RELAY] = {"relayed"},
    [ACT_RECALL] = {"recalled"},
    [ACT_SET_OFF_TOPIC] = {"off_topic"},
    [ACT_DIVERT] = {"diverted"},
    [ACT_RESTORE] = {"restored"},
    [ACT_GROUP] = {"grouped"},
    [ACT_UNGROUP] = {"ungrouped"},
    [ACT_CALL] = {"called"},
    [ACT_RETURN] = {"returned"},
    [ACT_GIVE_FLOOR] = {"floor"},
    [ACT_ASK_BACK] = {"asked_back"},
    [ACT_REPLY] = {"replied"},
    [ACT_EXCHANGE] = {"exchanged"},
    [ACT_SUPPORT] = {"supported"},
    [ACT_ANSWER] = {"answered", "drafted"},
    [ACT_SUPPLEMENT] = {"supplemented"},
    [ACT_DRAFT] = {"drafted"},
    [ACT_APPROVE] = {"answered", "answered", "supplemented"},
    [ACT_REJECT] = {"rejected"},
    [ACT_DELIVER] = {"delivered"},
    [ACT_ASSIGN] = {"assigned"},
    [ACT_EXTEND] = {"extended"},
    [ACT_REFER] = {"referred"},
    [ACT_NOTIFY] = {"notified"},
    [ACT_AGENCY_REPLY] = {"answered"},
    [ACT_AGREE] = {"agreed"},
    [ACT_CONTINUE] = {"continued"},
    [ACT_CONCLUDE] = {"concluded"},
    [ACT_LAPSE] = {"concluded"},
    [ACT_REOPEN] = {"reopened"},
    [ACT_WITHDRAW] = {"withdrawn", "withdrawal_asked"},
    [ACT_REMARK] = {"remarked"},
    [ACT_REMARK_REPLY] = {"remark_replied"},
    [ACT_REVOKE] = {"revoked"},
    [ACT_CHANGE_CONTACT] = {"contact"},
    [ACT_REISSUE_RECEIPT] = {"contact"},
    [ACT_REDACT] = {"redacted"},
};

const char *opinion_event(const char *code, int from_state, int to_state)
{
    int action = opinion_action_parse(code);
    if (strcmp(code, "submit") == 0) return "submitted";
    if (strcmp(code, "hand_over") == 0) return "assigned";
    if (action < 0 && to_state == OPINION_OWED) // "close", "cancel", "recount"
        return from_state == OPINION_OWED ? "due" : "owed";
    if (action < 0) return code;
    if (action == ACT_AGENCY_REPLY && to_state == OPINION_OWED) return "refused_by_agency";
    if (action == ACT_APPROVE && to_state == OPINION_WITHDRAWN) return "withdrawn";
    if (from_state != to_state || events[action].kept == NULL) return events[action].usual;
    bool answered = to_state == OPINION_ANSWERED && events[action].answered != NULL;
    return answered ? events[action].answered : events[action].kept;
}
