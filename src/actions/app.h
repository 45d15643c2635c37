// SPDX-License-Identifier: AGPL-3.0-or-later
// What every action needs: store, clock, keys, and the small facts of a unit kept in memory.
#ifndef ACTIONS_APP_H
#define ACTIONS_APP_H

#include <pthread.h>

#include "base/arena.h"
#include "base/day.h"
#include "domain/calendar.h"
#include "domain/people.h"
#include "domain/receipt.h"
#include "store/store.h"
#include "store/unit.h"

enum { KEY_BYTES = 32 };

/// Derived from one master secret that lies beside the data, never in it.
struct keys {
    unsigned char receipt[KEY_BYTES], session[KEY_BYTES], csrf[KEY_BYTES], idempotency[KEY_BYTES],
        ticket[KEY_BYTES];
};
void keys_derive(struct keys *keys, const unsigned char master[KEY_BYTES]);

/// People, khóm, holidays and settings of a unit at one moment; shared, never changed, freed with
/// its last user.
struct unit_facts {
    int64_t unit, config;
    struct people people;
    struct khom_list khoms;
    struct calendar calendar;
    struct setting_list settings;
    struct arena arena;
    struct unit_facts *next; // in its place of the cache, or among the retired
    int64_t retired_ms;      // monotonic
};

enum { FACTS_PLACES = 256, FACTS_GRACE_MS = 15 * 60 * 1000 };

struct app;
/// Of which event of the stream (contract).
enum happening_kind {
    HAPPENED_OBJECT, // `opinion`, or `dialogue` when it is about none
    HAPPENED_QUEUE,
    HAPPENED_CLOCK,
    HAPPENED_SCENE,
    HAPPENED_PRESENCE,
};

/// What happened, told after commit. Web renders and publishes it.
struct happening {
    int64_t unit, dialogue;
    int64_t opinion;  // 0: about the dialogue itself
    const char *what; // "relayed", "closed" ...
    bool is_public;   // the public may see it (now or until now)
    int64_t version;
    enum happening_kind kind;
    bool forget; // sealed, hidden, redacted, a name taken back: earlier events hold it and are
                 // given to nobody any more
};

/// Entries of one chain of the register, both ends included; last 0: none.
struct entry_range {
    int64_t first, last;
};
enum { APP_CHAINS = 2 }; // of enum chain

struct app {
    struct store *store;
    struct clock clock;
    struct keys keys;
    void (*publish)(struct app *app,
                    const struct happening *happening); // may be NULL; must not block
    void *publish_ctx;
    /// Told after commit which entries this program wrote; may be NULL; must not block.
    void (*wrote)(void *ctx, int64_t unit, int chain, struct entry_range range);
    void *wrote_ctx;
    void (*posted)(void *ctx); // a message was put into the outbox; may be NULL; must not block
    void *posted_ctx;
    /// The sample ward alone sets it while it is made: 32 bytes that become the next receipt, so
    /// that its receipts are the same every time. NULL everywhere else: receipts are random.
    const unsigned char *receipt_seed;
    bool demo; // a banner says that the data is invented and where the clock runs
    pthread_mutex_t facts_lock;
    struct unit_facts *facts[FACTS_PLACES], *retired; // of every unit that was asked for
};

void app_init(struct app *app, struct store *store, struct clock clock,
              const unsigned char master[KEY_BYTES]);
void app_done(struct app *app);

/// The facts as of `config` (unit_head.config); loads when the kept ones are older. Valid for
/// FACTS_GRACE_MS.
MUST_USE enum status app_facts(struct app *app, struct sql *sql, int64_t unit, int64_t config,
                               const struct unit_facts **ret_facts);

/// Of the facts kept at this moment, without asking the store; -1: none are.
int64_t app_config_known(struct app *app, int64_t unit);

/// Keyed hash of a receipt's 16 digits, of a session token, of a ticket: what the store keeps
/// instead of them.
void receipt_hash(const struct keys *keys, int64_t unit, const char *digits,
                  unsigned char ret_hash[32]);
void token_hash(const struct keys *keys, int64_t unit, const char *token,
                unsigned char ret_hash[32]);

/// A new session token: 43 characters of base64url.
enum { TOKEN_TEXT = 44 };
void token_make(char out[TOKEN_TEXT]);
/// A new receipt.
void receipt_new(const struct app *app, char out[RECEIPT_SIZE]);

#endif
