// SPDX-License-Identifier: AGPL-3.0-or-later
// What the runs of office.h share; settings and khóm; the log of reads. No rule of an opinion here.
#include "actions/office.h"

#include <string.h>

#include "actions/sealing.h"
#include "actions/setup.h"
#include "store/issued.h"
#include "store/opinion.h"
#include "store/outbox.h"
#include "store/read_log.h"
#include "store/sealing.h"

#include "base/tr.h"

struct refusal office_may(const struct act *act, const struct dialogue *d, uint32_t who,
                          enum role *ret_acting)
{
    if (act->actor.kind == ACTOR_PUBLIC) return REFUSE(REFUSAL_UNAUTHENTICATED);
    uint32_t matching = dialogue_roles(d, &act->actor) & who;
    if (matching == 0) return REFUSE(REFUSAL_FORBIDDEN);
    *ret_acting = (enum role)__builtin_ctz(matching);
    return act->form_refusal;
}

void office_digest_begin(const struct act *act, struct digest *digest)
{
    unsigned char key[DIGEST_BYTES];
    struct digest derived;
    digest_init(&derived, act->app->keys.idempotency);
    digest_text(&derived, "register of accounts and settings");
    digest_done(&derived, key);
    digest_init(digest, key);
    digest_int(digest, act->unit);
}

enum status office_entry(struct act *act, struct store_tx *tx, struct entry *entry,
                         bool config_changed)
{
    entry->from_state = entry->to_state = -1;
    if (config_changed) act->head.config++;
    enum status status = act_register(act, tx, CHAIN_MAIN, entry);
    act->answer.entry = entry->entry;
    act->answer.version = entry->version;
    return status;
}

enum status office_dialogue(struct act *act, struct store_tx *tx, struct dialogue *d,
                            bool *ret_over)
{
    enum status status = act_begin(act, tx, ret_over);
    if (status != STATUS_OK || *ret_over) return status;
    status = store_dialogue_load(store_tx_sql(tx), act->unit, act->target, &act->scratch, d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(d, &act->actor)))
        return *ret_over = true, act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    return status;
}

// ---- settings

static bool setting_known(const char *name)
{
    for (int i = 0; i < setting_row_count; i++)
        if (strcmp(setting_rows[i].name, name) == 0) return true;
    return false;
}

static struct refusal check_settings(const struct setting_list *list)
{
    for (int i = 0; i < list->count; i++) {
        if (!setting_known(list->rows[i].name))
            return REFUSE_FIELD(REFUSAL_UNKNOWN_FIELD, list->rows[i].name);
        bool needed = strcmp(list->rows[i].name, "unit_name") == 0 ||
                      strcmp(list->rows[i].name, "khom_word") == 0;
        if (needed && *list->rows[i].value == 0)
            return REFUSE_FIELD(REFUSAL_REQUIRED, list->rows[i].name);
    }
    return ALLOWED;
}

static enum status write_setting(struct act *act, struct store_tx *tx, const struct setting *s,
                                 enum role acting)
{
    const char *was = setting_of(&act->facts->settings, s->name, "");
    if (strcmp(was, s->value) == 0) return STATUS_OK; // nothing happened, nothing is written
    struct entry entry = {.role = acting,
                          .action = "setting",
                          .subject = arena_printf(&act->scratch, "setting %s", s->name)};
    struct digest d;
    office_digest_begin(act, &d);
    digest_text(&d, s->name);
    digest_text(&d, s->value);
    digest_done(&d, entry.digest);
    enum status status = store_setting_write(tx, act->unit, s->name, s->value);
    return status == STATUS_OK ? office_entry(act, tx, &entry, true) : status;
}

enum status run_settings_write(struct act *act, struct store_tx *tx)
{
    const struct setting_list *list = act->extra;
    enum role acting = ROLE_ADMIN;
    bool replayed;
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK || replayed) return status;
    act->refusal = office_may(act, NULL, WHO(ROLE_ADMIN), &acting);
    if (act->refusal.code == REFUSAL_NONE) act->refusal = check_settings(list);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < list->count; i++)
        status = write_setting(act, tx, &list->rows[i], acting);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

// ---- khóm

static struct refusal check_khoms(const struct khom_list *list)
{
    for (int i = 0; i < list->count; i++) {
        const struct khom *k = &list->rows[i];
        if (k->khom < 1 || k->khom > KHOM_MAX) return REFUSE_FIELD(REFUSAL_INVALID, "khom");
        if (*k->name == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "khom_name");
        if (k->quota < 0 || k->quota > QUOTA_MAX)
            return REFUSE_WHY(REFUSAL_INVALID, "quota", N_("Số giấy mời phải từ 0 đến 1.000."));
    }
    return ALLOWED;
}

static bool khom_is_same(const struct act *act, const struct khom *k)
{
    for (int i = 0; i < act->facts->khoms.count; i++) {
        const struct khom *was = &act->facts->khoms.rows[i];
        if (was->khom == k->khom) return was->quota == k->quota && strcmp(was->name, k->name) == 0;
    }
    return false;
}

static enum status write_khom(struct act *act, struct store_tx *tx, const struct khom *k,
                              enum role acting)
{
    if (khom_is_same(act, k)) return STATUS_OK;
    struct entry entry = {.role = acting,
                          .action = "khom",
                          .subject = arena_printf(&act->scratch, "khom %d", k->khom)};
    struct digest d;
    office_digest_begin(act, &d);
    digest_int(&d, k->khom);
    digest_text(&d, k->name);
    digest_int(&d, k->quota);
    digest_done(&d, entry.digest);
    enum status status = store_khom_write(tx, act->unit, k);
    return status == STATUS_OK ? office_entry(act, tx, &entry, true) : status;
}

enum status run_khoms_write(struct act *act, struct store_tx *tx)
{
    const struct khom_list *list = act->extra;
    enum role acting = ROLE_ADMIN;
    bool replayed;
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK || replayed) return status;
    act->refusal = office_may(act, NULL, WHO(ROLE_ADMIN) | WHO(ROLE_OFFICE), &acting);
    if (act->refusal.code == REFUSAL_NONE) act->refusal = check_khoms(list);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < list->count; i++)
        status = write_khom(act, tx, &list->rows[i], acting);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

// ---- reads

static enum status may_read(struct act *act, struct sql *sql, struct opinion *o)
{
    struct dialogue d;
    struct opinion_case c;
    enum status status = store_opinion_load(sql, act->unit, act->target, &act->scratch, o);
    if (status == STATUS_OK)
        status = store_dialogue_load(sql, act->unit, o->dialogue, &act->scratch, &d);
    if (status == STATUS_OK) status = act_case(act, sql, &d, o, &c);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !opinion_visible(&c)))
        return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    return status;
}

enum status run_reading(struct act *act, struct store_tx *tx)
{
    bool replayed;
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK) return status;
    if (act->actor.kind != ACTOR_ACCOUNT)
        return act->refusal = REFUSE(REFUSAL_UNAUTHENTICATED), STATUS_OK;
    const char *subject = act->extra;
    struct opinion o = {0};
    if (act->target != 0) {
        char number[OPINION_NUMBER_TEXT];
        status = may_read(act, store_tx_sql(tx), &o);
        if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
        subject =
            arena_printf(&act->scratch, "opinion %s", opinion_number_format(act->target, number));
    }
    status = store_reading_add(
        tx, act->unit, &(struct reading){act->now_ms, act->actor.person->username, subject});
    if (status != STATUS_OK || o.visibility != VISIBILITY_SEALED) return status;
    status = act_register_reading(act, tx, subject, o.version);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

/// Log and sealed chain, before anything is shown.
static enum status read_kept(struct act *act, struct store_tx *tx, const char *subject,
                             int64_t version)
{
    enum status status = store_reading_add(
        tx, act->unit, &(struct reading){act->now_ms, act->actor.person->username, subject});
    if (status == STATUS_OK) status = act_register_reading(act, tx, subject, version);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

static enum status begin_kept(struct act *act, struct store_tx *tx)
{
    bool replayed;
    enum role acting = ROLE_CUSTODIAN;
    enum status status = act_begin(act, tx, &replayed);
    if (status == STATUS_OK) act->refusal = office_may(act, NULL, WHO(ROLE_CUSTODIAN), &acting);
    return status;
}

enum status run_reading_minutes(struct act *act, struct store_tx *tx)
{
    struct minutes kept;
    enum status status = begin_kept(act, tx);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    status =
        store_minutes_put_away_load(store_tx_sql(tx), act->unit, act->target, &act->scratch, &kept);
    if (status == STATUS_NOT_FOUND) return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    if (status != STATUS_OK) return status;
    return read_kept(act, tx, arena_printf(&act->scratch, "minutes %lld", (long long)act->target),
                     kept.version);
}

enum status run_reading_issued(struct act *act, struct store_tx *tx)
{
    struct issued row;
    enum status status = begin_kept(act, tx);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    status = store_issued_load(store_tx_sql(tx), act->unit, act->target, &act->scratch, &row);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !row.withheld))
        return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    if (status != STATUS_OK) return status;
    return read_kept(act, tx, arena_printf(&act->scratch, "issued %lld", (long long)row.id), 1);
}

// ---- messages that were given up

enum status run_outbox_retry(struct act *act, struct store_tx *tx)
{
    enum role acting = ROLE_OFFICE;
    bool over;
    enum status status = act_begin(act, tx, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = office_may(act, NULL, WHO(ROLE_OFFICE) | WHO(ROLE_ADMIN), &acting);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    status = store_outbox_retry(tx, act->unit, act->target, act->now_ms);
    if (status == STATUS_NOT_FOUND) return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    if (status != STATUS_OK) return status;
    struct entry entry = {.role = acting,
                          .action = "outbox_retry",
                          .subject =
                              arena_printf(&act->scratch, "message %lld", (long long)act->target)};
    struct digest d;
    office_digest_begin(act, &d);
    digest_int(&d, act->target);
    digest_done(&d, entry.digest);
    act->posted = true;
    status = office_entry(act, tx, &entry, false);
    return status == STATUS_OK ? act_end(act, tx) : status;
}
