// SPDX-License-Identifier: AGPL-3.0-or-later
// Texts cleaned and scalars read, the same for every door.
#include "web/input.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"

struct refusal input_fault(struct refusal *fault, enum refusal_code code, const char *field)
{
    if (fault->code == REFUSAL_NONE) *fault = REFUSE_FIELD(code, field);
    return ALLOWED;
}

struct refusal input_text(struct arena *arena, const char *bytes, size_t len,
                          struct input_want want, struct refusal *fault, const char **ret_text)
{
    switch (text_clean(arena, bytes, len, want.lines ? TEXT_MANY_LINES : TEXT_ONE_LINE, want.max,
                       ret_text)) {
    case TEXT_OK:
        return ALLOWED;
    case TEXT_TOO_LONG:
        return input_fault(fault, REFUSAL_TOO_LONG, want.field);
    case TEXT_BAD_ENCODING:
    case TEXT_CONTROL:
        break;
    }
    return REFUSE_FIELD(REFUSAL_BAD_ENCODING, want.field);
}

const char *input_words(struct arena *arena, const char *text)
{
    return text[strspn(text, " \t\r\n")] == 0 ? NULL : text_fold(arena, text);
}

int input_khom(const char *code)
{
    if (code == NULL || strncmp(code, "khom", 4) != 0) return -1;
    size_t len = strspn(code + 4, "0123456789");
    if (len == 0 || len > 3 || code[4 + len] != 0 || code[4] == '0') return -1;
    return (int)strtol(code + 4, NULL, 10);
}

static bool read_instant(const char *text, int64_t *ret_ms)
{
    int32_t day;
    if (instant_parse(text, ret_ms)) return true;
    if (day_parse(text, &day)) return *ret_ms = instant_at(day, 0, 0), true;
    // A form's datetime-local: "2024-06-20T08:00", in Vietnamese time.
    char whole[INSTANT_TEXT];
    if (strlen(text) != 16) return false;
    snprintf(whole, sizeof(whole), "%s:00+07:00", text);
    return instant_parse(whole, ret_ms);
}

static bool month_or_date(const char *text)
{
    int32_t day;
    char first[DAY_TEXT];
    if (strlen(text) == 7) {
        snprintf(first, sizeof(first), "%s-01", text);
        return day_parse(first, &day);
    }
    return day_parse(text, &day);
}

static bool read_whole(const char *text, int64_t *ret_number)
{
    size_t len = strspn(text, "0123456789");
    if (len == 0 || len > 15 || text[len] != 0) return false;
    *ret_number = strtoll(text, NULL, 10);
    return *ret_number >= 1;
}

static bool read_by_type(const struct param_row *row, const char *text, struct param_value *value)
{
    int32_t day = 0;
    switch (row->type) {
    case PARAM_TYPE_VALUE:
        value->number = value_parse(row->set, text);
        return value->number >= 0;
    case PARAM_TYPE_DATE:
        if (!day_parse(text, &day)) return false;
        value->number = day;
        return true;
    case PARAM_TYPE_INSTANT:
        return read_instant(text, &value->number);
    case PARAM_TYPE_INTEGER:
        return read_whole(text, &value->number);
    case PARAM_TYPE_BOOL:
        value->number = strcmp(text, "true") == 0;
        return value->number || strcmp(text, "false") == 0;
    case PARAM_TYPE_OPINION:
        return opinion_number_parse(text, &value->number);
    case PARAM_TYPE_KHOM:
        value->number = input_khom(text);
        return value->number > 0;
    case PARAM_TYPE_MONTH_OR_DATE:
        value->text = text;
        return month_or_date(text);
    case PARAM_TYPE_TEXT:
    case PARAM_TYPE_LINE:
        value->text = text;
        return true;
    case PARAM_TYPE_LINES:
    case PARAM_TYPE_PARTS:
    case PARAM_TYPE_SPANS:
        break;
    }
    return false;
}

struct refusal input_param(struct arena *arena, enum param_id id, const char *bytes, size_t len,
                           struct refusal *fault, struct param_value *ret_value)
{
    const struct param_row *row = &param_rows[id];
    bool lines = row->type == PARAM_TYPE_TEXT;
    size_t max = row->type == PARAM_TYPE_TEXT || row->type == PARAM_TYPE_LINE ? row->max : 200;
    const char *text = NULL;
    struct param_value value = {.given = true};
    struct refusal refusal =
        input_text(arena, bytes, len, (struct input_want){row->name, lines, max}, fault, &text);
    if (refusal.code != REFUSAL_NONE || text == NULL) return refusal;
    if (!read_by_type(row, text, &value)) return input_fault(fault, REFUSAL_INVALID, row->name);
    *ret_value = value;
    return ALLOWED;
}
