// SPDX-License-Identifier: AGPL-3.0-or-later
// How the rules say no: one code of the contract, the field it is about, and words a person
// understands. A refusal changes nothing and is no entry in the register.
#ifndef DOMAIN_REFUSAL_H
#define DOMAIN_REFUSAL_H

enum refusal_code {
    REFUSAL_NONE = 0,
    REFUSAL_BAD_JSON,
    REFUSAL_BAD_ENCODING,
    REFUSAL_DUPLICATE_KEY,
    REFUSAL_UNAUTHENTICATED,
    REFUSAL_FORBIDDEN,
    REFUSAL_NOT_FOUND,
    REFUSAL_TOO_LARGE,
    REFUSAL_MEDIA_TYPE,
    REFUSAL_SLOW_DOWN,
    REFUSAL_REQUIRED,
    REFUSAL_TOO_LONG,
    REFUSAL_INVALID,
    REFUSAL_UNKNOWN_FIELD,
    REFUSAL_IDEMPOTENCY_MISMATCH,
    REFUSAL_WRONG_STATE,
    REFUSAL_STALE,
    REFUSAL_OWN_CASE,
    REFUSAL_OFF_TOPIC_NEEDS_WRITING,
    REFUSAL_DUE_TOO_LATE,
    REFUSAL_PROOF_REQUIRED,
    REFUSAL_AUTHOR_WINDOW_OPEN,
    REFUSAL_ROUNDS_USED,
    REFUSAL_INTAKE_CLOSED,
    REFUSAL_NOT_READY,
    REFUSAL_NOTICE_PERIOD,
    REFUSAL_DRAFT_MISSING,
    REFUSAL_COUNT
};

struct refusal {
    enum refusal_code code;
    const char *field;  // the parameter it is about ("author.organisation"), or NULL
    const char *detail; // Vietnamese msgid that says more than the code's own sentence, or NULL
    const char *rule;   // of the plan or the law, where it says more than the code's own; or NULL
};

#define ALLOWED                  ((struct refusal){0})
#define REFUSE(c)                ((struct refusal){.code = (c)})
#define REFUSE_FIELD(c, name)    ((struct refusal){.code = (c), .field = (name)})
#define REFUSE_WHY(c, name, why) ((struct refusal){.code = (c), .field = (name), .detail = (why)})
#define REFUSE_RULE(c, name, why, source) \
    ((struct refusal){.code = (c), .field = (name), .detail = (why), .rule = (source)})

struct refusal_row {
    const char *code; // of the contract
    int http_status;
    const char *title;  // Vietnamese msgid
    const char *detail; // Vietnamese msgid: what to do now
    const char *rule;   // of the plan: "R50", "R66-R67"; NULL where no single rule says so
};
extern const struct refusal_row refusal_rows[REFUSAL_COUNT];

/// The rule it stands on, its own or its code's; NULL where there is none.
const char *refusal_rule(struct refusal refusal);

#endif
