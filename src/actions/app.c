// SPDX-License-Identifier: AGPL-3.0-or-later
// Keys, tokens, and the cache of each unit's small facts.
#include "actions/app.h"

#include <sodium.h>
#include <string.h>

#include "base/digest.h"
#include "store/account.h"

void keys_derive(struct keys *keys, const unsigned char master[KEY_BYTES])
{
    static const char context[crypto_kdf_CONTEXTBYTES] = {'d', 'o', 'i', 't', 'h', 'o', 'a', 'i'};
    unsigned char *const all[] = {keys->receipt, keys->session, keys->csrf, keys->idempotency,
                                  keys->ticket};
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        crypto_kdf_derive_from_key(all[i], KEY_BYTES, i + 1, context, master);
}

void app_init(struct app *app, struct store *store, struct clock clock,
              const unsigned char master[KEY_BYTES])
{
    *app = (struct app){.store = store, .clock = clock};
    keys_derive(&app->keys, master);
    pthread_mutex_init(&app->facts_lock, NULL);
}

static void facts_free(struct unit_facts *facts)
{
    struct arena arena = facts->arena; // the struct lives in its own arena
    arena_done(&arena);
}

static void free_all(struct unit_facts *facts)
{
    for (struct unit_facts *next; facts != NULL; facts = next) {
        next = facts->next;
        facts_free(facts);
    }
}

void app_done(struct app *app)
{
    for (int i = 0; i < FACTS_PLACES; i++)
        free_all(app->facts[i]);
    free_all(app->retired);
    pthread_mutex_destroy(&app->facts_lock);
    sodium_memzero(&app->keys, sizeof(app->keys));
}

/// Puts the old ones aside and frees those nobody can hold any more. Under the lock.
static void retire(struct app *app, struct unit_facts *old)
{
    int64_t now_ms = monotonic_ms();
    for (struct unit_facts **at = &app->retired; *at != NULL;) {
        struct unit_facts *facts = *at;
        if (now_ms - facts->retired_ms < FACTS_GRACE_MS) {
            at = &facts->next;
            continue;
        }
        *at = facts->next;
        facts_free(facts);
    }
    if (old == NULL) return;
    old->retired_ms = now_ms;
    old->next = app->retired;
    app->retired = old;
}

/// Where the unit's facts hang, or would. Under the lock.
static struct unit_facts **place_of(struct app *app, int64_t unit)
{
    struct unit_facts **at = &app->facts[(size_t)unit % FACTS_PLACES];
    while (*at != NULL && (*at)->unit != unit)
        at = &(*at)->next;
    return at;
}

static enum status load(struct sql *sql, int64_t unit, int64_t config,
                        struct unit_facts **ret_facts)
{
    struct arena arena = {0};
    struct unit_facts *facts = arena_new(&arena, struct unit_facts);
    facts->unit = unit;
    facts->config = config;
    enum status status = store_people(sql, unit, &arena, &facts->people);
    if (status == STATUS_OK) status = store_khoms(sql, unit, &arena, &facts->khoms);
    if (status == STATUS_OK) status = store_calendar(sql, unit, &arena, &facts->calendar);
    if (status == STATUS_OK) status = store_settings(sql, unit, &arena, &facts->settings);
    if (status != STATUS_OK) {
        arena_done(&arena);
        return status;
    }
    facts->arena = arena;
    *ret_facts = facts;
    return STATUS_OK;
}

enum status app_facts(struct app *app, struct sql *sql, int64_t unit, int64_t config,
                      const struct unit_facts **ret_facts)
{
    pthread_mutex_lock(&app->facts_lock);
    struct unit_facts *facts = *place_of(app, unit);
    bool fresh = facts != NULL && facts->config == config;
    pthread_mutex_unlock(&app->facts_lock);
    if (fresh) return *ret_facts = facts, STATUS_OK;

    enum status status = load(sql, unit, config, &facts);
    if (status != STATUS_OK) return status;
    pthread_mutex_lock(&app->facts_lock);
    struct unit_facts **place = place_of(app, unit), *old = *place;
    facts->next = old != NULL ? old->next : NULL;
    *place = facts;
    retire(app, old);
    pthread_mutex_unlock(&app->facts_lock);
    *ret_facts = facts;
    return STATUS_OK;
}

int64_t app_config_known(struct app *app, int64_t unit)
{
    pthread_mutex_lock(&app->facts_lock);
    const struct unit_facts *facts = *place_of(app, unit);
    int64_t config = facts != NULL ? facts->config : -1;
    pthread_mutex_unlock(&app->facts_lock);
    return config;
}

static void keyed(const unsigned char key[KEY_BYTES], int64_t unit, const char *text,
                  unsigned char ret_hash[32])
{
    struct digest d;
    digest_init(&d, key);
    digest_int(&d, unit); // valid in their unit only
    digest_text(&d, text);
    digest_done(&d, ret_hash);
}

void receipt_hash(const struct keys *keys, int64_t unit, const char *digits,
                  unsigned char ret_hash[32])
{
    keyed(keys->receipt, unit, digits, ret_hash);
}

void token_hash(const struct keys *keys, int64_t unit, const char *token,
                unsigned char ret_hash[32])
{
    keyed(keys->session, unit, token, ret_hash);
}

void token_make(char out[TOKEN_TEXT])
{
    unsigned char bytes[32];
    random_fill(bytes, sizeof(bytes));
    sodium_bin2base64(out, TOKEN_TEXT, bytes, sizeof(bytes),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void receipt_new(const struct app *app, char out[RECEIPT_SIZE])
{
    if (app->receipt_seed != NULL && receipt_make(app->receipt_seed, out)) return;
    uint8_t bytes[RECEIPT_RANDOM];
    do
        random_fill(bytes, sizeof(bytes));
    while (!receipt_make(bytes, out));
}
