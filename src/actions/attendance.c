// SPDX-License-Identifier: AGPL-3.0-or-later
// Inviting within the quota, invitations handed over with proof, the door, and names destroyed
// after use. A row is never removed.
#include "actions/attendance.h"

#include <string.h>

#include "base/text.h"
#include "base/tr.h"

void invitee_digest(int64_t dialogue, const struct invitee *i,
                    unsigned char ret_digest[DIGEST_BYTES])
{
    const int64_t numbers[] = {dialogue,
                               i->id,
                               i->version,
                               (int64_t)i->part,
                               i->khom,
                               i->walk_in,
                               i->consent,
                               i->struck,
                               i->at_ms,
                               i->delivered_ms,
                               (int64_t)i->proof_kind,
                               i->arrived_ms,
                               i->forgotten_ms};
    const char *const texts[] = {i->name,         i->title, i->username, i->added_by,
                                 i->delivered_by, i->proof, i->absence,  i->arrived_by};
    struct digest d;
    digest_init(&d, NULL);
    digest_bytes(&d, i->salt, SALT_BYTES);
    for (size_t k = 0; k < ARRAY_LEN(numbers); k++)
        digest_int(&d, numbers[k]);
    for (size_t k = 0; k < ARRAY_LEN(texts); k++)
        digest_text(&d, texts[k]);
    digest_done(&d, ret_digest);
}

/// Row and entry of one change; a new row when its number is 0.
static enum status write_invitee(struct act *act, struct store_tx *tx, struct invitee *i,
                                 enum attend_action action, enum role acting)
{
    bool is_new = i->id == 0;
    i->version++;
    random_fill(i->salt, SALT_BYTES);
    enum status status = is_new ? store_invitee_insert(tx, act->unit, act->target, i)
                                : store_invitee_update(tx, act->unit, act->target, i);
    struct entry entry = {.role = acting,
                          .action = attend_rules[action].entry,
                          .subject = arena_printf(&act->scratch, "invitee %lld-%lld",
                                                  (long long)act->target, (long long)i->id),
                          .version = i->version};
    invitee_digest(act->target, i, entry.digest);
    if (status == STATUS_OK) status = office_entry(act, tx, &entry, false);
    act->answer.id = i->id;
    act_happened(act, act->target, 0, "attendance", false, i->version);
    return status;
}

// ---- inviting

static const struct khom *khom_of(const struct act *act, int khom)
{
    for (int i = 0; i < act->facts->khoms.count; i++)
        if (act->facts->khoms.rows[i].khom == khom) return &act->facts->khoms.rows[i];
    return NULL;
}

static struct refusal check_row(const struct act *act, const struct invite_row *row)
{
    enum attend_side side = attend_side_of(row->part);
    if (row->khom != 0 && khom_of(act, row->khom) == NULL)
        return REFUSE_FIELD(REFUSAL_INVALID, "khom");
    if (side == ATTEND_KHOM && row->khom == 0)
        return REFUSE_WHY(REFUSAL_REQUIRED, "khom", N_("Thành phần cấp khóm cần ghi rõ khóm nào."));
    if (side == ATTEND_WARD && row->khom != 0)
        return REFUSE_WHY(REFUSAL_INVALID, "part",
                          N_("Thành phần cấp phường do Văn phòng mời, không tính vào khóm."));
    return ALLOWED;
}

static bool is_same(struct arena *arena, const struct invitee *have, const struct invite_row *row)
{
    return !have->struck && !have->walk_in && have->khom == row->khom && have->part == row->part &&
           strcmp(text_fold(arena, have->name), text_fold(arena, row->name)) == 0 &&
           strcmp(text_fold(arena, have->title), text_fold(arena, row->title)) == 0;
}

static struct refusal check_known(struct act *act, const struct invitee_list *list,
                                  const struct invite *invite, int at)
{
    const struct invite_row *row = &invite->rows[at];
    bool twice = false;
    for (int i = 0; i < list->count && !twice; i++)
        twice = is_same(&act->scratch, &list->rows[i], row);
    for (int i = 0; i < at && !twice; i++) {
        const struct invite_row *other = &invite->rows[i];
        const struct invitee seen = {
            .name = other->name, .title = other->title, .part = other->part, .khom = other->khom};
        twice = is_same(&act->scratch, &seen, row);
    }
    if (!twice) return ALLOWED;
    return REFUSE_WHY(REFUSAL_INVALID, "names",
                      arena_printf(&act->scratch,
                                   "%s đã có trong danh sách. Nếu là người khác trùng tên, hãy "
                                   "ghi thêm chức vụ hoặc nơi ở.",
                                   row->name));
}

/// Invitations of a khóm, not struck; walk-ins are nobody's invitation.
static int invited_by_khom(const struct invitee_list *list, int khom)
{
    int count = 0;
    for (int i = 0; i < list->count; i++)
        count += list->rows[i].khom == khom && !list->rows[i].struck && !list->rows[i].walk_in;
    return count;
}

static struct refusal check_quota(struct act *act, const struct invitee_list *list,
                                  const struct invite *invite)
{
    for (int k = 0; k < act->facts->khoms.count; k++) {
        const struct khom *khom = &act->facts->khoms.rows[k];
        int adds = 0, has = invited_by_khom(list, khom->khom);
        for (int i = 0; i < invite->count; i++)
            adds += invite->rows[i].khom == khom->khom;
        if (adds == 0 || has + adds <= khom->quota) continue;
        return REFUSE_WHY(REFUSAL_INVALID, "names",
                          arena_printf(&act->scratch,
                                       "%s được mời %d người, đã ghi %d, đang ghi thêm %d. Hãy bớt "
                                       "tên, hoặc đề nghị Văn phòng tăng số giấy mời.",
                                       khom->name, khom->quota, has, adds));
    }
    return ALLOWED;
}

static struct refusal check_invite(struct act *act, const struct dialogue *d,
                                   const struct invite *invite, enum role *ret_acting)
{
    for (int i = 0; i < invite->count || i == 0; i++) {
        int khom = i < invite->count ? invite->rows[i].khom : 0;
        if (invite->count == 0 && act->actor.kind == ACTOR_ACCOUNT) khom = act->actor.person->khom;
        struct refusal refusal =
            attend_may(ATTEND_INVITE, d, &act->actor, khom, act->now_ms, ret_acting);
        if (refusal.code != REFUSAL_NONE) return refusal;
    }
    if (act->form_refusal.code != REFUSAL_NONE) return act->form_refusal;
    if (invite->count == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "names");
    if (invite->count > INVITE_AT_ONCE)
        return REFUSE_WHY(REFUSAL_TOO_LONG, "names", N_("Mỗi lần ghi tối đa 200 người."));
    if (!invite->consent)
        return REFUSE_WHY(REFUSAL_REQUIRED, "consent",
                          N_("Chỉ ghi tên người đã biết và đồng ý có tên trong danh sách mời."));
    return ALLOWED;
}

static struct invitee invitee_of(const struct act *act, const struct invite_row *row)
{
    return (struct invitee){.name = row->name,
                            .title = row->title,
                            .username = row->username != NULL ? row->username : "",
                            .part = row->part,
                            .khom = row->khom,
                            .consent = true,
                            .added_by = act->actor.person->username,
                            .at_ms = act->now_ms,
                            .delivered_by = "",
                            .proof = "",
                            .absence = "",
                            .arrived_by = ""};
}

static enum status write_invite(struct act *act, struct store_tx *tx, const struct invite *invite,
                                enum role acting)
{
    int64_t *numbers = arena_array(&act->scratch, int64_t, (size_t)invite->count + 1);
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < invite->count; i++) {
        struct invitee row = invitee_of(act, &invite->rows[i]);
        status = write_invitee(act, tx, &row, ATTEND_INVITE, acting);
        numbers[i] = row.id;
    }
    act->answer.numbers = numbers;
    act->answer.number_count = invite->count;
    return status == STATUS_OK ? act_end(act, tx) : status;
}

enum status run_invite(struct act *act, struct store_tx *tx)
{
    const struct invite *invite = act->extra;
    struct dialogue d;
    struct invitee_list list;
    enum role acting = ROLE_OFFICE;
    bool over;
    enum status status = office_dialogue(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = check_invite(act, &d, invite, &acting);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    status = store_invitees(store_tx_sql(tx), act->unit, d.id, &act->scratch, &list);
    if (status != STATUS_OK) return status;
    for (int i = 0; act->refusal.code == REFUSAL_NONE && i < invite->count; i++) {
        act->refusal = check_row(act, &invite->rows[i]);
        if (act->refusal.code == REFUSAL_NONE) act->refusal = check_known(act, &list, invite, i);
    }
    if (act->refusal.code == REFUSAL_NONE) act->refusal = check_quota(act, &list, invite);
    if (act->refusal.code == REFUSAL_NONE && list.count + invite->count > INVITEES_MAX)
        act->refusal = REFUSE_FIELD(REFUSAL_TOO_LONG, "names");
    return act->refusal.code == REFUSAL_NONE ? write_invite(act, tx, invite, acting) : STATUS_OK;
}

/// The group an account stands for; PART_COUNT: none, they are the meeting's or the program's.
static enum attend_part part_of(const struct person *p)
{
    const uint32_t officers = WHO(ROLE_SPECIALIST) | WHO(ROLE_CULTURE) | WHO(ROLE_OFFICE) |
                              WHO(ROLE_SECRETARY) | WHO(ROLE_ARCHIVIST);
    if (p->khom != 0 || (p->roles & WHO(ROLE_KHOM))) return PART_COUNT; // their khóm's quota
    if (p->roles & WHO(ROLE_CHAIR)) return PART_COMMITTEE;
    if (p->roles & WHO(ROLE_PARTY)) return PART_PARTY;
    if (p->roles & WHO(ROLE_OVERSIGHT)) {
        if (strstr(p->title, "Hội đồng nhân dân") != NULL) return PART_COUNCIL;
        return strstr(p->title, "Mặt trận") != NULL ? PART_FRONT : PART_UNIONS;
    }
    if (p->roles & officers) return PART_OFFICERS;
    return p->roles == 0 ? PART_COMMITTEE : PART_COUNT; // no role of its own: appointed alone
}

static bool has_account(const struct invitee_list *list, const char *username)
{
    for (int i = 0; i < list->count; i++)
        if (!list->rows[i].struck && strcmp(list->rows[i].username, username) == 0) return true;
    return false;
}

enum status run_invite_staff(struct act *act, struct store_tx *tx)
{
    struct dialogue d;
    struct invitee_list list;
    enum role acting = ROLE_OFFICE;
    bool over;
    enum status status = office_dialogue(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = attend_may(ATTEND_INVITE, &d, &act->actor, 0, act->now_ms, &acting);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    status = store_invitees(store_tx_sql(tx), act->unit, d.id, &act->scratch, &list);
    if (status != STATUS_OK) return status;
    const struct people *people = &act->facts->people;
    struct invite_row *rows =
        arena_array(&act->scratch, struct invite_row, (size_t)people->count + 1);
    struct invite invite = {.rows = rows, .consent = true};
    for (int i = 0; i < people->count; i++) {
        const struct person *p = &people->rows[i];
        enum attend_part part = part_of(p);
        if (!p->active || part == PART_COUNT || has_account(&list, p->username)) continue;
        rows[invite.count++] = (struct invite_row){p->name, p->title, p->username, part, 0};
    }
    if (invite.count == 0)
        return act->refusal = REFUSE_WHY(REFUSAL_WRONG_STATE, NULL,
                                         N_("Mọi cán bộ có tài khoản đã ở trong danh sách.")),
               STATUS_OK;
    return write_invite(act, tx, &invite, acting);
}

// ---- one invitee

static struct refusal not_there(void)
{
    return REFUSE_WHY(REFUSAL_INVALID, "typed",
                      N_("Không thấy ai như vậy trong danh sách chưa đến. Nếu người này không có "
                         "giấy mời, hãy ghi ở mục bên dưới."));
}

static struct refusal pick(struct act *act, const struct invitee_list *list,
                           const struct attendance *a, struct invitee **ret_row)
{
    int64_t number = a->invitee != 0 ? a->invitee : attend_number(a->typed);
    int at = 0;
    if (a->invitee == 0 && *a->typed == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "typed");
    if (number == 0) {
        int found = attend_find(&act->scratch, list, a->typed, &at);
        if (found == 0) return not_there();
        if (found > 1)
            return REFUSE_WHY(REFUSAL_INVALID, "typed",
                              arena_printf(&act->scratch,
                                           "Có %d người khớp. Hãy bấm đúng tên trong danh sách, "
                                           "hoặc gõ số giấy mời.",
                                           found));
        return *ret_row = &list->rows[at], ALLOWED;
    }
    for (int i = 0; i < list->count; i++)
        if (list->rows[i].id == number) return *ret_row = &list->rows[i], ALLOWED;
    return a->invitee != 0 ? REFUSE(REFUSAL_NOT_FOUND) : not_there();
}

static struct refusal check_in(const struct act *act, struct invitee *i)
{
    if (i->struck) return REFUSE_WHY(REFUSAL_INVALID, "typed", N_("Giấy mời này đã được gạch."));
    if (i->arrived_ms != 0)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, "typed", N_("Người này đã được điểm danh."));
    i->arrived_ms = act->now_ms;
    i->arrived_by = act->actor.person->username;
    return ALLOWED;
}

static struct refusal deliver(const struct act *act, struct invitee *i)
{
    if (i->delivered_ms != 0)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, N_("Giấy mời này đã được giao."));
    if (!act->proof.given || *act->proof.text == 0)
        return REFUSE_FIELD(REFUSAL_PROOF_REQUIRED, "proof");
    if (act->proof.kind == PROOF_HEARD) return REFUSE_FIELD(REFUSAL_INVALID, "proof");
    i->delivered_ms = act->now_ms;
    i->delivered_by = act->actor.person->username;
    i->proof_kind = act->proof.kind;
    i->proof = act->proof.text;
    return ALLOWED;
}

static struct refusal correct(struct act *act, const struct invitee_list *list, struct invitee *i,
                              const struct attendance *a)
{
    const struct invite one = {&a->row, 1, true};
    bool moves = i->khom != a->row.khom, same_person = strcmp(i->name, a->row.name) == 0;
    if (*a->row.name == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "name");
    struct refusal refusal = check_row(act, &a->row);
    if (refusal.code == REFUSAL_NONE && moves) refusal = check_quota(act, list, &one);
    if (refusal.code != REFUSAL_NONE) return refusal;
    i->name = a->row.name;
    i->title = a->row.title;
    i->part = a->row.part;
    i->khom = a->row.khom;
    if (same_person) return ALLOWED;
    i->delivered_ms = 0; // made out to another person: to be handed over anew
    i->delivered_by = i->proof = "";
    i->username = "";
    return ALLOWED;
}

static struct refusal change(struct act *act, const struct invitee_list *list, struct invitee *i,
                             const struct attendance *a)
{
    if (i->struck && a->action != ATTEND_CHECK_IN) return REFUSE(REFUSAL_WRONG_STATE);
    switch (a->action) {
    case ATTEND_CORRECT:
        return correct(act, list, i, a);
    case ATTEND_STRIKE:
        i->struck = true;
        i->name = i->title = ""; // a name nobody needs is not kept
        return ALLOWED;
    case ATTEND_DELIVER:
        return deliver(act, i);
    case ATTEND_ABSENT:
        if (*a->text == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "text");
        if (i->arrived_ms != 0) return REFUSE(REFUSAL_WRONG_STATE);
        i->absence = a->text;
        return ALLOWED;
    case ATTEND_CHECK_IN:
        return check_in(act, i);
    case ATTEND_UNDO:
        if (i->arrived_ms == 0) return REFUSE(REFUSAL_WRONG_STATE);
        i->arrived_ms = 0;
        i->arrived_by = "";
        i->struck = i->walk_in; // who only walked in was never invited
        if (i->walk_in) i->name = i->title = "";
        return ALLOWED;
    case ATTEND_INVITE:
    case ATTEND_WALK_IN:
    case ATTEND_FORGET:
    case ATTEND_ACTION_COUNT:
        break;
    }
    return REFUSE(REFUSAL_INVALID);
}

static enum status change_one(struct act *act, struct store_tx *tx, const struct dialogue *d,
                              const struct invitee_list *list)
{
    const struct attendance *a = act->extra;
    struct invitee *row = NULL;
    enum role acting = ROLE_OFFICE;
    int khom = act->actor.kind == ACTOR_ACCOUNT ? act->actor.person->khom : 0;
    // The role first: who may not write here at all learns nothing of who is in the list.
    act->refusal = attend_may(a->action, d, &act->actor, khom, act->now_ms, &acting);
    if (act->refusal.code == REFUSAL_NONE) act->refusal = act->form_refusal;
    if (act->refusal.code == REFUSAL_NONE) act->refusal = pick(act, list, a, &row);
    if (act->refusal.code == REFUSAL_NONE)
        act->refusal = attend_may(a->action, d, &act->actor, row->khom, act->now_ms, &acting);
    bool moves = a->action == ATTEND_CORRECT && act->refusal.code == REFUSAL_NONE;
    if (moves)
        act->refusal = attend_may(a->action, d, &act->actor, a->row.khom, act->now_ms, &acting);
    if (act->refusal.code == REFUSAL_NONE && act->if_version >= 0 &&
        act->if_version != row->version)
        act->refusal = REFUSE_FIELD(REFUSAL_STALE, "if_version");
    if (act->refusal.code == REFUSAL_NONE) act->refusal = change(act, list, row, a);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    enum status status = write_invitee(act, tx, row, a->action, acting);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

static enum status walk_in(struct act *act, struct store_tx *tx, const struct dialogue *d)
{
    const struct attendance *a = act->extra;
    enum role acting = ROLE_SECRETARY;
    act->refusal = attend_may(ATTEND_WALK_IN, d, &act->actor, a->row.khom, act->now_ms, &acting);
    if (act->refusal.code == REFUSAL_NONE) act->refusal = act->form_refusal;
    if (act->refusal.code == REFUSAL_NONE) act->refusal = check_row(act, &a->row);
    if (act->refusal.code == REFUSAL_NONE && *a->row.name != 0 && !a->consent)
        act->refusal =
            REFUSE_WHY(REFUSAL_REQUIRED, "consent",
                       N_("Chỉ ghi tên khi người đó đồng ý; không đồng ý thì để trống họ "
                          "tên, người đó vẫn được tính là có mặt."));
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    struct invitee row = invitee_of(act, &a->row);
    row.walk_in = true;
    row.consent = a->consent;
    row.arrived_ms = act->now_ms;
    row.arrived_by = act->actor.person->username;
    enum status status = write_invitee(act, tx, &row, ATTEND_WALK_IN, acting);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

/// Names go, counts stay. Who holds an office of the ward is named in the plan and the minutes
/// anyway; forgotten are those of the khóm, residents and businesses.
static enum status forget(struct act *act, struct store_tx *tx, const struct dialogue *d,
                          const struct invitee_list *list)
{
    const struct attendance *a = act->extra;
    enum role acting = ROLE_OFFICE;
    int count = 0;
    act->refusal = attend_may(ATTEND_FORGET, d, &act->actor, 0, act->now_ms, &acting);
    if (act->refusal.code == REFUSAL_NONE) act->refusal = act->form_refusal;
    if (act->refusal.code == REFUSAL_NONE && *a->text == 0)
        act->refusal = REFUSE_WHY(REFUSAL_REQUIRED, "text",
                                  N_("Ghi số, ngày văn bản cho phép hủy danh sách."));
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < list->count; i++) {
        struct invitee *row = &list->rows[i];
        bool keeps = attend_side_of(row->part) == ATTEND_WARD && !row->walk_in;
        if (keeps || row->forgotten_ms != 0) continue;
        row->name = row->title = row->proof = row->username = "";
        if (*row->absence != 0) row->absence = a->text;
        row->forgotten_ms = act->now_ms;
        status = write_invitee(act, tx, row, ATTEND_FORGET, acting);
        count++;
    }
    if (status == STATUS_OK && count == 0)
        return act->refusal =
                   REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, N_("Không còn tên nào để hủy.")),
               STATUS_OK;
    act->answer.id = count;
    return status == STATUS_OK ? act_end(act, tx) : status;
}

enum status run_attend(struct act *act, struct store_tx *tx)
{
    const struct attendance *a = act->extra;
    struct dialogue d;
    struct invitee_list list;
    bool over;
    enum status status = office_dialogue(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    status = store_invitees(store_tx_sql(tx), act->unit, d.id, &act->scratch, &list);
    if (status != STATUS_OK) return status;
    if (a->action == ATTEND_WALK_IN) return walk_in(act, tx, &d);
    return a->action == ATTEND_FORGET ? forget(act, tx, &d, &list) : change_one(act, tx, &d, &list);
}
