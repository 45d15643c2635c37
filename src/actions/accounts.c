// SPDX-License-Identifier: AGPL-3.0-or-later
// Accounts made and changed. Never sees a password, only its argon2id text; an account is closed,
// never removed, for the register names it.
#include "actions/office.h"

#include <string.h>

#include "actions/handover.h"
#include "base/tr.h"

int custodian_count(const struct people *people)
{
    int count = 0;
    for (int i = 0; i < people->count; i++)
        count += people->rows[i].active && (people->rows[i].roles & WHO(ROLE_CUSTODIAN)) != 0;
    return count;
}

static bool username_is_plain(const char *name)
{
    size_t len = strlen(name);
    return len >= 2 && len <= 40 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_.-") == len && name[0] >= 'a' &&
           name[0] <= 'z';
}

static bool khom_exists(const struct act *act, int khom)
{
    for (int i = 0; i < act->facts->khoms.count; i++)
        if (act->facts->khoms.rows[i].khom == khom) return true;
    return false;
}

/// What one person may not be at once: an overseer changes nothing (invariant 8), and who makes
/// accounts sees no sealed matter (invariant 10).
static struct refusal check_roles(const struct act *act, const struct account_change *a)
{
    const uint32_t all = (UINT32_C(1) << ROLE_ACCOUNT_COUNT) - 1;
    if (a->roles == 0)
        return REFUSE_WHY(REFUSAL_REQUIRED, "roles", N_("Chọn ít nhất một vai trò."));
    if ((a->roles & ~all) != 0) return REFUSE_FIELD(REFUSAL_INVALID, "roles");
    if ((a->roles & WHO(ROLE_OVERSIGHT)) != 0 && a->roles != WHO(ROLE_OVERSIGHT))
        return REFUSE_WHY(REFUSAL_INVALID, "roles",
                          N_("Tài khoản giám sát chỉ theo dõi, không kiêm vai trò khác."));
    if ((a->roles & WHO(ROLE_CUSTODIAN)) != 0 && (a->roles & WHO(ROLE_ADMIN)) != 0)
        return REFUSE_WHY(REFUSAL_INVALID, "roles",
                          N_("Người quản trị không kiêm người giữ hồ sơ niêm phong."));
    bool needs_khom = (a->roles & WHO(ROLE_KHOM)) != 0;
    if (needs_khom && a->khom == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "khom");
    if (a->khom != 0 && !khom_exists(act, a->khom)) return REFUSE_FIELD(REFUSAL_INVALID, "khom");
    return ALLOWED;
}

static struct refusal check_account(const struct act *act, const struct account_change *a)
{
    if (a->username == NULL || *a->username == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "username");
    if (a->name == NULL || *a->name == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "name");
    return check_roles(act, a);
}

static struct account account_of(const struct account_change *a, const char *hash, int64_t version)
{
    bool khom = (a->roles & WHO(ROLE_KHOM)) != 0;
    return (struct account){.person = {.username = a->username,
                                       .name = a->name,
                                       .title = a->title == NULL ? "" : a->title,
                                       .roles = a->roles,
                                       .fields = a->fields & ((1u << FIELD_COUNT) - 1),
                                       .khom = khom ? a->khom : 0,
                                       .active = a->active},
                            .password_hash = hash,
                            .version = version};
}

static enum status write_account(struct act *act, struct store_tx *tx,
                                 const struct account *account, const char *action, enum role role)
{
    const struct person *p = &account->person;
    struct entry entry = {.role = role,
                          .action = action,
                          .subject = arena_printf(&act->scratch, "account %s", p->username),
                          .version = account->version};
    struct digest d;
    office_digest_begin(act, &d);
    digest_text(&d, p->username);
    digest_text(&d, p->name);
    digest_text(&d, p->title);
    digest_int(&d, p->roles);
    digest_int(&d, p->fields);
    digest_int(&d, p->khom);
    digest_int(&d, p->active);
    digest_text(&d, account->password_hash);
    digest_done(&d, entry.digest);
    enum status status = store_account_write(tx, act->unit, account);
    return status == STATUS_OK ? office_entry(act, tx, &entry, true) : status;
}

/// Begins, asks for the admin's role, finds the account (version 0: there is none).
static enum status account_begin(struct act *act, struct store_tx *tx, const char *username,
                                 struct account *ret_account, bool *ret_over)
{
    enum role acting;
    enum status status = act_begin(act, tx, ret_over);
    if (status != STATUS_OK || *ret_over) return status;
    act->refusal = office_may(act, NULL, WHO(ROLE_ADMIN), &acting);
    *ret_over = act->refusal.code != REFUSAL_NONE;
    if (*ret_over) return STATUS_OK;
    *ret_account = (struct account){0};
    status = store_account(store_tx_sql(tx), act->unit, username == NULL ? "" : username,
                           &act->scratch, ret_account);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status run_account_create(struct act *act, struct store_tx *tx)
{
    const struct account_change *change = act->extra;
    struct account was;
    bool over;
    enum status status = account_begin(act, tx, change->username, &was, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = check_account(act, change);
    if (act->refusal.code == REFUSAL_NONE && !username_is_plain(change->username))
        act->refusal = REFUSE_WHY(
            REFUSAL_INVALID, "username",
            N_("Tên đăng nhập bắt đầu bằng chữ thường không dấu, dài 2 đến 40 ký tự, chỉ gồm chữ, "
               "số và các dấu . _ -"));
    if (act->refusal.code == REFUSAL_NONE && was.version != 0)
        act->refusal = REFUSE_WHY(REFUSAL_INVALID, "username", N_("Tên đăng nhập này đã có."));
    if (act->refusal.code == REFUSAL_NONE && change->password_hash == NULL)
        act->refusal = REFUSE_FIELD(REFUSAL_REQUIRED, "password");
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    struct account account = account_of(change, change->password_hash, 1);
    status = write_account(act, tx, &account, "account_create", ROLE_ADMIN);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

static struct refusal check_update(const struct act *act, const struct account_change *change,
                                   const struct account *was)
{
    struct refusal refusal = check_account(act, change);
    if (refusal.code != REFUSAL_NONE) return refusal;
    bool self = strcmp(act->actor.person->username, change->username) == 0;
    if (self && (change->roles & WHO(ROLE_ADMIN)) == 0)
        return REFUSE_WHY(REFUSAL_INVALID, "roles",
                          N_("Ông/bà không thể tự bỏ vai trò quản trị của chính mình."));
    if (self && !change->active)
        return REFUSE_WHY(REFUSAL_INVALID, "active",
                          N_("Ông/bà không thể tự khóa tài khoản của chính mình."));
    if (act->if_version >= 0 && act->if_version != was->version)
        return REFUSE_FIELD(REFUSAL_STALE, "if_version");
    return ALLOWED;
}

enum status run_account_update(struct act *act, struct store_tx *tx)
{
    const struct account_change *change = act->extra;
    struct account was;
    bool over;
    enum status status = account_begin(act, tx, change->username, &was, &over);
    if (status != STATUS_OK || over) return status;
    if (was.version == 0) return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    act->refusal = check_update(act, change, &was);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    struct account account = account_of(change, was.password_hash, was.version + 1);
    status = write_account(act, tx, &account, change->active ? "account_update" : "account_close",
                           ROLE_ADMIN);
    int64_t entry = act->answer.entry;
    if (status == STATUS_OK) status = hand_over(act, tx, &account.person);
    act->answer.entry = entry;
    if (status == STATUS_OK && !change->active)
        status = store_sessions_delete_of(tx, act->unit, change->username, act->now_ms);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

enum status run_account_password(struct act *act, struct store_tx *tx)
{
    const struct account_password *change = act->extra;
    struct account was;
    bool over;
    enum status status = account_begin(act, tx, change->username, &was, &over);
    if (status != STATUS_OK || over) return status;
    if (was.version == 0) return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    was.password_hash = change->password_hash;
    was.version++;
    status = write_account(act, tx, &was, "account_password", ROLE_ADMIN);
    if (status == STATUS_OK)
        status = store_sessions_delete_of(tx, act->unit, change->username, act->now_ms);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

enum status run_own_password(struct act *act, struct store_tx *tx)
{
    const struct own_password_change *change = act->extra;
    struct account was;
    bool over;
    enum status status = act_begin(act, tx, &over);
    if (status != STATUS_OK || over) return status;
    if (act->actor.kind != ACTOR_ACCOUNT)
        return act->refusal = REFUSE(REFUSAL_UNAUTHENTICATED), STATUS_OK;
    const struct person *me = act->actor.person;
    status = store_account(store_tx_sql(tx), act->unit, me->username, &act->scratch, &was);
    if (status != STATUS_OK) return status;
    if (strcmp(was.password_hash, change->verified_hash) != 0)
        return act->refusal = REFUSE_FIELD(REFUSAL_STALE, "current"), STATUS_OK;
    was.password_hash = change->password_hash;
    was.version++;
    // Some hold no role but by appointment: the deputy, the second reader.
    enum role role = me->roles == 0 ? ROLE_DEPUTY : (enum role)__builtin_ctz(me->roles);
    status = write_account(act, tx, &was, "own_password", role);
    if (status == STATUS_OK)
        status = store_sessions_delete_other(tx, act->unit, me->username, change->session_hash);
    return status == STATUS_OK ? act_end(act, tx) : status;
}
