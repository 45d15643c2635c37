// SPDX-License-Identifier: AGPL-3.0-or-later
// Rows of invitees for pages. Decides nothing: who may see and do is domain/attendance.h's.
#include "web/meeting/rows.h"

#include <string.h>

#include "web/form_input.h"

enum { WHOLE_LIST = WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) };

int meeting_own_khom(const struct desk *d)
{
    bool khom = (d->roles & WHO(ROLE_KHOM)) != 0 && (d->roles & WHOLE_LIST) == 0;
    return khom ? d->visit->actor.person->khom : 0;
}

bool meeting_can(const struct desk *d, enum attend_action action, int khom)
{
    enum role acting;
    return attend_may(action, &d->dialogue, &d->visit->actor, khom, d->visit->now_ms, &acting)
               .code == REFUSAL_NONE;
}

struct invitee_list meeting_visible(const struct desk *d, const struct invitee_list *list)
{
    struct invitee_list mine = {.rows =
                                    arena_array(d->arena, struct invitee, (size_t)list->count + 1)};
    for (int i = 0; i < list->count; i++)
        if (attend_shows(&d->dialogue, &d->visit->actor, list->rows[i].khom))
            mine.rows[mine.count++] = list->rows[i];
    return mine;
}

static const char *state_of(struct desk *d, const struct invitee *i)
{
    char text[FORMAT_TEXT];
    enum lang lang = d->t.lang;
    if (i->arrived_ms != 0)
        return arena_printf(d->arena, tr(lang, "có mặt lúc %s"),
                            format_time(lang, i->arrived_ms, text));
    if (*i->absence != 0) return arena_printf(d->arena, tr(lang, "vắng: %s"), i->absence);
    return i->delivered_ms != 0 ? tr(lang, "đã giao giấy mời") : tr(lang, "chưa giao giấy mời");
}

struct invitee_row meeting_row(struct desk *d, const struct invitee *i)
{
    enum lang lang = d->t.lang;
    bool here = i->arrived_ms != 0;
    const char *nameless =
        i->forgotten_ms != 0 ? tr(lang, "(tên đã hủy)") : tr(lang, "(không ghi tên)");
    return (struct invitee_row){
        .i = i,
        .name = *i->name != 0 ? i->name : nameless,
        .part = title_of(d->arena, lang, &attend_parts, (int)i->part),
        .khom = khom_name(d->visit->facts, i->khom),
        .state = state_of(d, i),
        .paper = i->walk_in || i->forgotten_ms != 0
                     ? NULL
                     : arena_printf(d->arena, "/doi-thoai/%lld/van-ban/invitation",
                                    (long long)d->dialogue.id),
        .proof = i->delivered_ms == 0 || *i->proof == 0
                     ? NULL
                     : arena_printf(d->arena, "%s: %s",
                                    label_of(lang, &proof_kinds, (int)i->proof_kind), i->proof),
        .can_deliver =
            i->delivered_ms == 0 && !i->walk_in && meeting_can(d, ATTEND_DELIVER, i->khom),
        .can_strike = !here && meeting_can(d, ATTEND_STRIKE, i->khom),
        .can_absent =
            !here && !i->walk_in && *i->absence == 0 && meeting_can(d, ATTEND_ABSENT, i->khom),
        .can_check_in = !here && meeting_can(d, ATTEND_CHECK_IN, i->khom),
        .can_undo = here && meeting_can(d, ATTEND_UNDO, i->khom)};
}

struct count_row *meeting_khoms(struct desk *d, const struct invitee_list *list, int khom,
                                size_t *ret_count)
{
    struct attend_tally tally;
    const struct khom_list *khoms = &d->visit->facts->khoms;
    struct count_row *rows = arena_array(d->arena, struct count_row, (size_t)khoms->count + 1);
    size_t count = 0;
    attend_count(list, &tally);
    for (int i = 0; i < khoms->count; i++) {
        const struct khom *k = &khoms->rows[i];
        if (khom != 0 && k->khom != khom) continue;
        if (k->khom >= (int)ARRAY_LEN(tally.khom_present)) continue;
        rows[count++] = (struct count_row){k->name, tally.khom_invited[k->khom],
                                           tally.khom_present[k->khom], k->quota};
    }
    *ret_count = count;
    return rows;
}

void meeting_read_part(struct http_exchange *x, struct act *act, struct invite_row *row)
{
    const struct visit *v = visit_of(x);
    const char *khom = form_typed(x, "khom");
    int part = value_parse(&attend_parts, form_typed(x, "part"));
    uint32_t held = v->actor.kind == ACTOR_ACCOUNT ? v->actor.person->roles : 0;
    bool own = (held & WHO(ROLE_KHOM)) && !(held & (WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY)));
    row->part = part < 0 ? PART_RESIDENTS : (enum attend_part)part;
    row->khom = *khom == 0 ? 0 : input_khom(khom);
    if (own && *khom == 0) row->khom = v->actor.person->khom;
    if (part < 0) input_fault(&act->form_refusal, REFUSAL_INVALID, "part");
    if (row->khom < 0) input_fault(&act->form_refusal, REFUSAL_INVALID, "khom");
}

struct attendance *meeting_read(struct http_exchange *x, struct act *act, int action)
{
    if (action < 0) return NULL;
    struct attendance *a = arena_new(&act->input, struct attendance);
    const char *number = form_typed(x, "invitee");
    form_read_others(x, act, "action invitee typed text name part khom consent proof proof_kind");
    *a = (struct attendance){.action = (enum attend_action)action,
                             .typed = office_text(x, act, "typed", false, INVITEE_TITLE),
                             .text = office_text(x, act, "text", false, INVITEE_TITLE),
                             .row = {.name = "", .title = ""},
                             .consent = *form_typed(x, "consent") != 0};
    if (*number != 0 && !read_id(number, &a->invitee))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "invitee");
    act->run = run_attend;
    act->extra = a;
    return a;
}
