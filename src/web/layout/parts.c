// SPDX-License-Identifier: AGPL-3.0-or-later
// Tables behind the parts: how each state is named and drawn.
#include "web/layout/parts.h"

#include "base/ensure.h"

#include <string.h>

static const struct tag_view opinion_tags[OPINION_STATE_COUNT] = {
    [OPINION_RECEIVED] = {N_("Đã tiếp nhận"), "inbox", TONE_PLAIN},
    [OPINION_RELAYED] = {N_("Đã chuyển chủ trì"), "send", TONE_BLUE},
    [OPINION_ON_FLOOR] = {N_("Đang đối thoại"), "mic", TONE_LIVE},
    [OPINION_ANSWERED] = {N_("Đã trả lời"), "message-square", TONE_OK},
    [OPINION_OWED] = {N_("Còn nợ trả lời"), "hourglass", TONE_WARN},
    [OPINION_REFERRED] = {N_("Đã kiến nghị cấp trên"), "arrow-up-right", TONE_VIOLET},
    [OPINION_CONCLUDED] = {N_("Đã kết luận"), "circle-check-big", TONE_OK},
    [OPINION_DIVERTED] = {N_("Chuyển thủ tục khác"), "corner-up-right", TONE_PLAIN},
    [OPINION_WITHDRAWN] = {N_("Đã rút"), "undo-2", TONE_PLAIN},
};

static const struct tag_view dialogue_tags[DIALOGUE_STATE_COUNT] = {
    [DIALOGUE_DRAFTING] = {N_("Đang soạn thảo"), "square-pen", TONE_PLAIN},
    [DIALOGUE_ISSUED] = {N_("Đã ban hành"), "file-text", TONE_PLAIN},
    [DIALOGUE_ANNOUNCED] = {N_("Đã thông báo"), "megaphone", TONE_BLUE},
    [DIALOGUE_OPEN] = {N_("Đang diễn ra"), "mic", TONE_LIVE},
    [DIALOGUE_ADJOURNED] = {N_("Tạm nghỉ"), "pause", TONE_WARN},
    [DIALOGUE_CLOSED] = {N_("Đã bế mạc"), "gavel", TONE_PLAIN},
    [DIALOGUE_COMPLETED] = {N_("Đã hoàn thành"), "circle-check-big", TONE_OK},
    [DIALOGUE_POSTPONED] = {N_("Tạm hoãn"), "clock-alert", TONE_WARN},
    [DIALOGUE_CANCELLED] = {N_("Đã hủy"), "x", TONE_BAD},
};

static struct tag_view tag_in(enum lang lang, struct tag_view tag)
{
    tag.label = tr(lang, tag.label);
    return tag;
}

struct tag_view opinion_tag(enum lang lang, enum opinion_state state)
{
    ensure((unsigned)state < OPINION_STATE_COUNT);
    return tag_in(lang, opinion_tags[state]);
}

struct tag_view dialogue_tag(enum lang lang, enum dialogue_state state)
{
    ensure((unsigned)state < DIALOGUE_STATE_COUNT);
    return tag_in(lang, dialogue_tags[state]);
}

const char *due_class(int32_t due_day, int32_t today)
{
    if (due_day < today) return "over";
    return due_day - today <= 3 ? "soon" : "";
}

bool choice_is(const struct field_view *field, const struct choice *choice)
{
    return field->value != NULL && strcmp(field->value, choice->value) == 0;
}

bool form_has_errors(const struct form_view *form)
{
    bool any = form->refusal != NULL;
    for (size_t i = 0; i < form->count; i++)
        any = any || form->fields[i].error != NULL;
    return any;
}
