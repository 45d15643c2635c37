// SPDX-License-Identifier: AGPL-3.0-or-later
// Every enumerated value of the contract: its code (API, database), its Vietnamese name, its order.
// Codes never change once published; labels may. No logic beyond lookup.
#ifndef DOMAIN_VALUE_H
#define DOMAIN_VALUE_H

#include <stdbool.h>
#include <stdint.h>

enum opinion_state {
    OPINION_RECEIVED,
    OPINION_RELAYED,
    OPINION_ON_FLOOR,
    OPINION_ANSWERED,
    OPINION_OWED,
    OPINION_REFERRED,
    OPINION_CONCLUDED,
    OPINION_DIVERTED,
    OPINION_WITHDRAWN,
    OPINION_STATE_COUNT
};

enum dialogue_state {
    DIALOGUE_DRAFTING,
    DIALOGUE_ISSUED,
    DIALOGUE_ANNOUNCED,
    DIALOGUE_OPEN,
    DIALOGUE_ADJOURNED,
    DIALOGUE_CLOSED,
    DIALOGUE_COMPLETED,
    DIALOGUE_POSTPONED,
    DIALOGUE_CANCELLED,
    DIALOGUE_STATE_COUNT
};

enum opinion_kind {
    KIND_QUESTION,
    KIND_RECOMMENDATION,
    KIND_REFLECTION,
    KIND_CONTRIBUTION,
    KIND_ASPIRATION,
    KIND_COUNT
};

enum channel {
    CHANNEL_SPOKEN,
    CHANNEL_SLIP,
    CHANNEL_ONLINE,
    CHANNEL_KHOM,
    CHANNEL_PHONE,
    CHANNEL_COUNT
};
enum author_type { AUTHOR_RESIDENT, AUTHOR_BUSINESS, AUTHOR_ANONYMOUS, AUTHOR_TYPE_COUNT };
enum wants { WANTS_RELAY, WANTS_SPEAK, WANTS_WRITTEN, WANTS_COUNT };
enum reply_by { REPLY_PAGE, REPLY_LETTER, REPLY_KHOM, REPLY_EMAIL, REPLY_SMS, REPLY_BY_COUNT };
enum scope { SCOPE_IN, SCOPE_OFF, SCOPE_COUNT };
enum authority { AUTHORITY_WARD, AUTHORITY_BEYOND, AUTHORITY_COMPLEX, AUTHORITY_COUNT };
enum about { ABOUT_POLICY, ABOUT_OFFICIAL, ABOUT_HEAD, ABOUT_PARTY, ABOUT_COUNT };
enum visibility {
    VISIBILITY_INITIALS,
    VISIBILITY_PUBLIC,
    VISIBILITY_STAFF,
    VISIBILITY_SEALED,
    VISIBILITY_COUNT
};

/// Fields of work, rule R42-R49 and law-and-process.md 1.10.
enum field {
    FIELD_ECONOMY,
    FIELD_CONSTRUCTION,
    FIELD_CULTURE_SOCIETY,
    FIELD_MILITARY,
    FIELD_SECURITY,
    FIELD_ADMIN_REFORM,
    FIELD_DEMOCRACY,
    FIELD_URBAN,
    FIELD_ANTICORRUPTION,
    FIELD_RECEPTION,
    FIELD_RESOLUTIONS,
    FIELD_CONDUCT,
    FIELD_OTHER,
    FIELD_COUNT
};

enum divert_to {
    DIVERT_COMPLAINT,
    DIVERT_DENUNCIATION,
    DIVERT_PROCEDURE,
    DIVERT_DATA_REQUEST,
    DIVERT_COUNT
};
enum outcome { OUTCOME_NONE, OUTCOME_AGREED, OUTCOME_SILENT, OUTCOME_NOT_AGREED, OUTCOME_COUNT };
enum answer_kind {
    ANSWER_EXPLAIN,
    ANSWER_EXCHANGE,
    ANSWER_ACCEPT,
    ANSWER_ANSWER,
    ANSWER_KIND_COUNT
};
enum answer_mode { MODE_SPOKEN, MODE_WRITTEN, MODE_COUNT };
enum refer_reason { REFER_BEYOND, REFER_COMPLEX, REFER_REASON_COUNT };
enum agency_result { AGENCY_ANSWERED, AGENCY_REFUSED, AGENCY_RESULT_COUNT };
enum on_cancel { ON_CANCEL_CARRY, ON_CANCEL_ANSWER, ON_CANCEL_COUNT };
enum proof_kind {
    PROOF_HEARD,
    PROOF_SIGNATURE,
    PROOF_TWO_NAMES,
    PROOF_PHOTO,
    PROOF_CALL,
    PROOF_COUNT
};
enum on_behalf { BEHALF_SELF, BEHALF_AUTHOR, BEHALF_CHAIR, BEHALF_FLOOR, BEHALF_COUNT };

/// Roles an account holds, roles appointed per dialogue, and relations to one opinion: all are "who
/// may".
enum role {
    ROLE_CHAIR,
    ROLE_OFFICE,
    ROLE_SECRETARY,
    ROLE_SPECIALIST,
    ROLE_CULTURE,
    ROLE_KHOM,
    ROLE_OVERSIGHT,
    ROLE_PARTY,
    ROLE_ARCHIVIST,
    ROLE_CUSTODIAN,
    ROLE_ADMIN,
    ROLE_ACCOUNT_COUNT,
    ROLE_DEPUTY = ROLE_ACCOUNT_COUNT, // appointed per dialogue
    ROLE_SECOND_READER,
    ROLE_ASSIGNEE, // owes the answer of this opinion
    ROLE_FLOOR,    // has been given the floor on this opinion
    ROLE_AUTHOR,   // holds the receipt
    ROLE_TICKET,   // holds a ticket of the hall
    ROLE_SYSTEM,   // a timer of the program
    ROLE_COUNT
};
#define WHO(role) (UINT32_C(1) << (role))

struct value_name {
    const char *code;
    const char *label; // Vietnamese, lower case unless a name
};

struct value_set {
    const char *name; // as in the API
    const struct value_name *rows;
    int count;
};

extern const struct value_set opinion_states, dialogue_states, opinion_kinds, channels,
    author_types, wants_values, reply_bys, scopes, authorities, abouts, visibilities, fields,
    divert_tos, outcomes, answer_kinds, answer_modes, refer_reasons, agency_results, on_cancels,
    proof_kinds, behalves, roles;

/// All of the above, NULL at the end: for `doithoai rules`, the OpenAPI document and the walking
/// test.
extern const struct value_set *const value_sets[];

/// The value of a code, -1 when it is none (NULL too).
int value_parse(const struct value_set *set, const char *code);
const char *value_code(const struct value_set *set, int value);
const char *value_label(const struct value_set *set, int value);

/// An opinion's number "2024-0007" is written from and read into one integer that orders as it
/// does.
enum { OPINION_NUMBER_TEXT = 24 };
#define OPINION_PER_YEAR INT64_C(10000000)
const char *opinion_number_format(int64_t opinion, char out[OPINION_NUMBER_TEXT]);
bool opinion_number_parse(const char *text, int64_t *ret_opinion);

#endif
