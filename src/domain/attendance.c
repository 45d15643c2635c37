// SPDX-License-Identifier: AGPL-3.0-or-later
// The groups of participants and the rules of inviting and checking in, as tables.
#include "domain/attendance.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/ensure.h"
#include "base/text.h"
#include "base/tr.h"

static const struct value_name part_rows[] = {
    [PART_PARTY] = {"party", N_("Thường trực Đảng ủy")},
    [PART_COUNCIL] = {"council", N_("Hội đồng nhân dân")},
    [PART_COMMITTEE] = {"committee", N_("Lãnh đạo Ủy ban nhân dân")},
    [PART_FRONT] = {"front", N_("Thường trực Ủy ban Mặt trận Tổ quốc")},
    [PART_UNIONS] = {"unions", N_("Trưởng các đoàn thể")},
    [PART_OFFICERS] = {"officers", N_("Cán bộ, công chức, người hoạt động không chuyên trách")},
    [PART_HEALTH] = {"health", N_("Trạm Y tế")},
    [PART_SCHOOLS] = {"schools", N_("Ban Giám hiệu các trường")},
    [PART_CELL] = {"cell", N_("Bí thư Chi bộ")},
    [PART_KHOM_HEAD] = {"khom_head", N_("Trưởng, phó khóm")},
    [PART_KHOM_FRONT] = {"khom_front", N_("Trưởng Ban công tác Mặt trận")},
    [PART_BRANCHES] = {"branches", N_("Trưởng các chi đoàn, chi hội")},
    [PART_RESIDENTS] = {"residents", N_("Người dân")},
    [PART_BUSINESSES] = {"businesses", N_("Doanh nghiệp, hộ kinh doanh")},
};
const struct value_set attend_parts = {"part", part_rows, PART_COUNT};

static const struct value_name side_rows[] = {
    [ATTEND_WARD] = {"ward", N_("Cấp phường")},
    [ATTEND_KHOM] = {"khom", N_("Cấp khóm")},
    [ATTEND_PEOPLE] = {"people", N_("Người dân")},
    [ATTEND_BUSINESS] = {"business", N_("Doanh nghiệp")},
};
const struct value_set attend_sides = {"side", side_rows, ATTEND_SIDE_COUNT};

static const char *const IN_PLAN[PART_COUNT] = {
    [PART_PARTY] = N_("đại diện Thường trực Đảng ủy phường"),
    [PART_COUNCIL] = N_("đại diện Thường trực Hội đồng nhân dân phường"),
    [PART_COMMITTEE] = N_("lãnh đạo Ủy ban nhân dân phường"),
    [PART_FRONT] = N_("Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam phường"),
    [PART_UNIONS] = N_("trưởng các tổ chức chính trị - xã hội phường"),
    [PART_OFFICERS] = N_("cán bộ, công chức và người hoạt động không chuyên trách phường"),
    [PART_HEALTH] = N_("Trưởng Trạm Y tế phường"),
    [PART_SCHOOLS] = N_("đại diện Ban Giám hiệu các trường học trên địa bàn"),
    [PART_CELL] = N_("Bí thư Chi bộ"),
    [PART_KHOM_HEAD] = N_("trưởng khóm, phó khóm"),
    [PART_KHOM_FRONT] = N_("Trưởng Ban công tác Mặt trận"),
    [PART_BRANCHES] = N_("trưởng các chi đoàn, chi hội"),
    [PART_RESIDENTS] = N_("Nhân dân trên địa bàn phường"),
    [PART_BUSINESSES] = N_("đại diện các doanh nghiệp, hộ kinh doanh trên địa bàn phường"),
};

const char *attend_part_in_plan(enum attend_part part)
{
    return IN_PLAN[part];
}

enum attend_side attend_side_of(enum attend_part part)
{
    if (part <= PART_SCHOOLS) return ATTEND_WARD;
    if (part <= PART_BRANCHES) return ATTEND_KHOM;
    return part == PART_BUSINESSES ? ATTEND_BUSINESS : ATTEND_PEOPLE;
}

// ---- who may

#define IN(state) (UINT32_C(1) << DIALOGUE_##state)

enum {
    LISTERS = WHO(ROLE_OFFICE) | WHO(ROLE_KHOM),
    DOOR = WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_KHOM),
    LISTING = IN(ISSUED) | IN(ANNOUNCED) | IN(POSTPONED),
    MEETING = IN(ANNOUNCED) | IN(OPEN) | IN(ADJOURNED) | IN(CLOSED),
};

const struct attend_rule attend_rules[ATTEND_ACTION_COUNT] = {
    [ATTEND_INVITE] = {"invite", "invite", N_("Ghi người được mời"), LISTERS, LISTING},
    [ATTEND_CORRECT] = {"correct", "invite_correct", N_("Sửa người được mời"), LISTERS, LISTING},
    [ATTEND_STRIKE] = {"strike", "invite_strike", N_("Gạch tên khỏi danh sách mời"), LISTERS,
                       LISTING},
    [ATTEND_DELIVER] = {"deliver", "invite_deliver", N_("Giao giấy mời"), LISTERS,
                        IN(ANNOUNCED) | IN(OPEN)},
    [ATTEND_ABSENT] = {"absent", "absent", N_("Báo vắng"), DOOR, MEETING},
    [ATTEND_CHECK_IN] = {"check_in", "check_in", N_("Điểm danh"), DOOR, MEETING},
    [ATTEND_UNDO] = {"undo_check_in", "check_in_undo", N_("Bỏ điểm danh nhầm"), DOOR, MEETING},
    [ATTEND_WALK_IN] = {"walk_in", "walk_in", N_("Ghi người đến không có giấy mời"), DOOR, MEETING},
    [ATTEND_FORGET] = {"forget", "invitees_forget", N_("Hủy tên người dự"), WHO(ROLE_OFFICE),
                       IN(COMPLETED) | IN(CANCELLED)},
};

int attend_action_parse(const char *code)
{
    for (int i = 0; code != NULL && i < ATTEND_ACTION_COUNT; i++)
        if (strcmp(attend_rules[i].code, code) == 0) return i;
    return -1;
}

static bool at_the_door(enum attend_action action)
{
    return action == ATTEND_CHECK_IN || action == ATTEND_UNDO || action == ATTEND_WALK_IN;
}

/// The door opens on the day of the meeting, and the list is closed when the minutes are signed.
static struct refusal door_open(const struct dialogue *d, int64_t now_ms)
{
    if (d->minutes_secretary_ms != 0)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL,
                          N_("Biên bản đã ký nên danh sách có mặt không sửa được nữa."));
    if (d->state == DIALOGUE_ANNOUNCED && instant_day(now_ms) < instant_day(d->starts_at_ms))
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, N_("Chỉ điểm danh từ ngày diễn ra hội nghị."));
    return ALLOWED;
}

struct refusal attend_may(enum attend_action action, const struct dialogue *d,
                          const struct actor *actor, int khom, int64_t now_ms,
                          enum role *ret_acting)
{
    const struct attend_rule *rule = &attend_rules[action];
    if (actor->kind == ACTOR_PUBLIC) return REFUSE(REFUSAL_UNAUTHENTICATED);
    uint32_t mine = dialogue_roles(d, actor) & rule->who;
    bool only_khom = mine == WHO(ROLE_KHOM);
    if (mine == 0 || (only_khom && (khom == 0 || actor->person->khom != khom)))
        return REFUSE(REFUSAL_FORBIDDEN);
    *ret_acting = (enum role)__builtin_ctz(mine);
    if ((rule->states & (UINT32_C(1) << d->state)) == 0) return REFUSE(REFUSAL_WRONG_STATE);
    return at_the_door(action) ? door_open(d, now_ms) : ALLOWED;
}

bool attend_shows(const struct dialogue *d, const struct actor *actor, int khom)
{
    uint32_t mine = dialogue_roles(d, actor);
    if (mine & (WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY)))
        return true;
    return (mine & WHO(ROLE_KHOM)) != 0 && khom != 0 && actor->person->khom == khom;
}

// ---- what is typed

static const char *trimmed(struct arena *arena, const char *from, size_t len)
{
    while (len > 0 && strchr(" \t\r,;-", from[0]) != NULL)
        from++, len--;
    while (len > 0 && strchr(" \t\r,;", from[len - 1]) != NULL)
        len--;
    return arena_strndup(arena, from, len);
}

bool attend_line(struct arena *arena, const char *line, const char **ret_name,
                 const char **ret_title)
{
    size_t digits = strspn(line, " \t0123456789");
    if (digits > 0) line += digits + strspn(line + digits, ".) \t");
    size_t cut = strcspn(line, ",;\t");
    const char *dash = strstr(line, " - ");
    if (dash != NULL && (size_t)(dash - line) < cut) cut = (size_t)(dash - line);
    const char *name = trimmed(arena, line, cut);
    if (*name == 0) return false;
    *ret_name = name;
    *ret_title = trimmed(arena, line + cut, strlen(line + cut));
    return true;
}

int64_t attend_number(const char *typed)
{
    const char *at = strstr(typed, "gm=");
    if (at != NULL)
        at += 3;
    else
        at = typed + strspn(typed, " #");
    if (strncasecmp(at, "gm", 2) == 0) at += 2 + strspn(at + 2, " -");
    size_t len = strspn(at, "0123456789");
    bool ends = at[len] == 0 || at[len] == '&' || at[len] == '#' || at[len] == ' ';
    return len == 0 || len > 6 || !ends ? 0 : strtol(at, NULL, 10);
}

int attend_find(struct arena *arena, const struct invitee_list *list, const char *typed,
                int *ret_row)
{
    const char *wanted = text_fold(arena, typed);
    int found = 0, exact = 0, first = -1, whole = -1;
    if (*wanted == 0) return 0;
    for (int i = 0; i < list->count; i++) {
        const struct invitee *row = &list->rows[i];
        if (row->struck || row->arrived_ms != 0) continue;
        const char *name = text_fold(arena, row->name);
        if (strstr(name, wanted) == NULL) continue;
        found++;
        first = i;
        if (strcmp(name, wanted) != 0) continue;
        exact++;
        whole = i;
    }
    *ret_row = exact == 1 ? whole : first;
    return exact == 1 ? 1 : found;
}

void attend_count(const struct invitee_list *list, struct attend_tally *ret_tally)
{
    struct attend_tally t = {0};
    for (int i = 0; i < list->count; i++) {
        const struct invitee *row = &list->rows[i];
        size_t khom =
            row->khom > 0 && (size_t)row->khom < ARRAY_LEN(t.khom_present) ? (size_t)row->khom : 0;
        if (row->struck) continue;
        bool here = row->arrived_ms != 0, asked = !row->walk_in;
        enum attend_side side = attend_side_of(row->part);
        t.invited += asked;
        t.delivered += asked && row->delivered_ms != 0;
        t.present += here;
        t.walk_ins += !asked && here;
        t.absent += !here && *row->absence != 0;
        t.part_invited[row->part] += asked;
        t.part_present[row->part] += here;
        t.side_invited[side] += asked;
        t.side_present[side] += here;
        t.khom_invited[khom] += asked;
        t.khom_present[khom] += here;
    }
    *ret_tally = t;
}
