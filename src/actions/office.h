// SPDX-License-Identifier: AGPL-3.0-or-later
// What the ward keeps in order about itself: accounts, settings, khóm, days off, the programme, the
// loudspeaker log, the log of reads. Each is a run of struct act (actions/act.h): the thing to do
// is in act->extra, a refusal of the form in act->form_refusal. Every one but a read writes its
// entry in the register and, where caches hold it, moves head.config.
#ifndef ACTIONS_OFFICE_H
#define ACTIONS_OFFICE_H

#include "actions/act.h"
#include "store/account.h"
#include "store/broadcast.h"
#include "store/dialogue.h"

// ---- accounts (admin)

struct account_change {
    const char *username; // letters, digits, "_.-", 2 to 40
    const char *name, *title;
    uint32_t roles, fields; // WHO() bits of account roles; bits of enum field
    int khom;               // 0 none; needed by the role khóm alone
    bool active;
    const char *password_hash; // create: argon2id text, made on a worker; update: ignored
};
/// 422 invalid username when it is taken.
enum status run_account_create(struct act *act, struct store_tx *tx);
/// Ends the person's sessions when they may no longer act. Nobody takes the admin's role from
/// themselves nor closes their own account. act->if_version against account.version.
enum status run_account_update(struct act *act, struct store_tx *tx);

struct account_password {
    const char *username, *password_hash;
};
/// A new password ends all sessions of that account.
enum status run_account_password(struct act *act, struct store_tx *tx);

/// One's own. The current password was checked on a worker against `verified_hash`; another one
/// stored meanwhile makes it stale. Ends every session of the account but the one at hand.
struct own_password_change {
    const char *verified_hash, *password_hash;
    const unsigned char *session_hash; // TOKEN_HASH_BYTES
};
enum status run_own_password(struct act *act, struct store_tx *tx);

enum { CUSTODIANS_AT_LEAST = 2 };
/// Active custodians; fewer than CUSTODIANS_AT_LEAST is told to the admin, not refused: a ward has
/// to begin somewhere.
int custodian_count(const struct people *people);

// ---- the ward (admin; khóm and days off also the office)

/// extra: struct setting_list of changed settings; names must be of setting_rows.
enum status run_settings_write(struct act *act, struct store_tx *tx);
/// extra: struct khom_list; numbers 1..KHOM_MAX; a new number adds a khóm, none is ever removed.
enum status run_khoms_write(struct act *act, struct store_tx *tx);
enum { KHOM_MAX = 60, QUOTA_MAX = 1000 };

/// extra: struct calendar_day. What is owed and counted gets a new version of its date where the
/// date changes; a date that a person set stays.
enum status run_holiday_write(struct act *act, struct store_tx *tx);
/// extra: const int32_t *day. NOT_FOUND when it is no row.
enum status run_holiday_delete(struct act *act, struct store_tx *tx);

/// A message that was given up goes out again (target: its number); office and admin.
/// NOT_FOUND when it is not among the failed.
enum status run_outbox_retry(struct act *act, struct store_tx *tx);

// ---- a dialogue (target)

enum { PROGRAMME_STEPS = 12, PROGRAMME_MINUTES = 600 };
/// Office; drafting only, an issued plan is frozen. extra: struct agenda, steps from 1 without a
/// gap. What the chair approved was another programme: approval is asked for again.
enum status run_programme_write(struct act *act, struct store_tx *tx);

/// extra: struct broadcast *. Culture and office for the ward (khom 0), a khóm for its own; after
/// the announcement only.
enum status run_broadcast_add(struct act *act, struct store_tx *tx);
/// extra: const int64_t *id.
enum status run_broadcast_strike(struct act *act, struct store_tx *tx);

// ---- reads

/// Logs that the caller reads the opinion of `target`, or, when 0, the subject that extra names
/// (const char *). NOT_FOUND for an opinion the caller may not see. The read of a sealed matter is
/// an entry of the sealed chain as well, to the day; no other read is one.
enum status run_reading(struct act *act, struct store_tx *tx);

/// The same for the minutes that were put away when a part of them was sealed (target: dialogue);
/// custodians alone, NOT_FOUND when there are none.
enum status run_reading_minutes(struct act *act, struct store_tx *tx);
/// The same for an issued document that is withheld (target: its id).
enum status run_reading_issued(struct act *act, struct store_tx *tx);

// ---- shared by these runs

/// 401 or 403 unless the caller has one of the roles in the dialogue (NULL: by account); then what
/// was wrong with the form.
struct refusal office_may(const struct act *act, const struct dialogue *d, uint32_t who,
                          enum role *ret_acting);
/// act_begin and the dialogue of act->target. *ret_over: answered already (a kept answer, or
/// refused as not found), do nothing more.
MUST_USE enum status office_dialogue(struct act *act, struct store_tx *tx, struct dialogue *d,
                                     bool *ret_over);
/// Digests of what is no opinion and no dialogue: keyed, so that names and settings can't be
/// guessed from the register.
void office_digest_begin(const struct act *act, struct digest *digest);
/// One entry of the main chain; act->answer tells it. Config moves when caches must read again.
MUST_USE enum status office_entry(struct act *act, struct store_tx *tx, struct entry *entry,
                                  bool config_changed);

#endif
