// SPDX-License-Identifier: AGPL-3.0-or-later
// Parameters of actions: what they are called, of which type, how long. The same table feeds the
// JSON reader, the forms and the OpenAPI document. Values arrive here cleaned (NFC) and checked by
// type.
#ifndef DOMAIN_PARAM_H
#define DOMAIN_PARAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/refusal.h"
#include "domain/value.h"

enum param_id {
    PARAM_TEXT,
    PARAM_REASON,
    PARAM_TO,
    PARAM_DUE,
    PARAM_WITH,
    PARAM_DIRECTIVE,
    PARAM_FIELD,
    PARAM_TOPIC,
    PARAM_SCOPE,
    PARAM_AUTHORITY,
    PARAM_ABOUT,
    PARAM_NAMED,
    PARAM_VISIBILITY,
    PARAM_PARTS,
    PARAM_LEAD,
    PARAM_SPEAKER,
    PARAM_MODE,
    PARAM_KIND,
    PARAM_LEGAL_REFS,
    PARAM_DRAFT,
    PARAM_WITHDRAWAL,
    PARAM_HOW,
    PARAM_AGENCY,
    PARAM_EXPECTED,
    PARAM_RESULT,
    PARAM_DATE,
    PARAM_ATTACHMENT,
    PARAM_OUTCOME,
    PARAM_REMARK,
    PARAM_ENTRY,
    PARAM_PHONE,
    PARAM_EMAIL,
    PARAM_REPLY_BY,
    PARAM_SPANS,
    PARAM_DIVERT_TO,
    PARAM_REFER_REASON,
    // of a dialogue
    PARAM_TITLE,
    PARAM_YEAR,
    PARAM_PROFILE,
    PARAM_PLANNED,
    PARAM_PLACE,
    PARAM_SEATS,
    PARAM_COPY_FROM,
    PARAM_NUMBER,
    PARAM_SYMBOL,
    PARAM_STARTS_AT,
    PARAM_OPINIONS_FROM,
    PARAM_OPINIONS_UNTIL,
    PARAM_RESUMES_AT,
    PARAM_OPINIONS,
    PARAM_CARRY_TO,
    PARAM_ROLE,
    PARAM_USERNAME,
    // of the live hall
    PARAM_TURN,
    PARAM_READ,
    PARAM_TURN_KIND,
    PARAM_NAME,
    PARAM_KHOM,
    PARAM_AUTHOR_TYPE,
    PARAM_ORGANISATION,
    PARAM_OPINION,
    PARAM_SIDE,
    PARAM_SECONDS,
    PARAM_WARN,
    PARAM_PERCENT,
    PARAM_FIRST_TIME,
    PARAM_ROUND_ROBIN,
    PARAM_STEP,
    PARAM_SCENE,
    PARAM_CODE,
    PARAM_NOTE,
    PARAM_DONE,
    PARAM_STRIKE,
    PARAM_COUNT
};

enum param_type {
    PARAM_TYPE_TEXT,  // many lines, up to `max` characters
    PARAM_TYPE_LINE,  // one line, up to `max` characters
    PARAM_TYPE_VALUE, // a code of `set`
    PARAM_TYPE_DATE,
    PARAM_TYPE_INSTANT,
    PARAM_TYPE_INTEGER, // >= 1
    PARAM_TYPE_BOOL,
    PARAM_TYPE_OPINION,       // "2024-0007"
    PARAM_TYPE_LINES,         // list of lines
    PARAM_TYPE_PARTS,         // [{text, field?}]
    PARAM_TYPE_SPANS,         // [{from, to}] code points, to exclusive
    PARAM_TYPE_KHOM,          // "khom3", as its number
    PARAM_TYPE_MONTH_OR_DATE, // "2024-06" or "2024-06-20"
};

struct param_row {
    const char *name;  // in JSON and forms
    const char *label; // Vietnamese, for forms and errors
    enum param_type type;
    size_t max; // characters, or items of a list
    const struct value_set *set;
};
extern const struct param_row param_rows[PARAM_COUNT];

struct part {
    const char *text;
    int field; // -1 when not given
};
struct span {
    int64_t from, to;
};

struct param_value {
    bool given;
    int64_t number; // value of a set, day, instant, integer, bool, opinion
    const char *text;
    size_t count; // of the list
    union {
        const char *const *lines;
        const struct part *parts;
        const struct span *spans;
    };
};

struct params {
    struct param_value at[PARAM_COUNT];
};

/// One parameter of an action's row.
struct param_use {
    enum param_id id;
    bool required;
};

enum { PARAMS_MAX = 12 };

/// NULL or the text; -1 or the number.
const char *param_text(const struct params *params, enum param_id id);
int64_t param_number(const struct params *params, enum param_id id, int64_t otherwise);

/// Checks one action's parameters against its row: required ones given, others unknown.
struct refusal params_check(const struct param_use *uses, int count, const struct params *params);

#endif
