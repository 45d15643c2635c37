// SPDX-License-Identifier: AGPL-3.0-or-later
// Token buckets in a fixed table, each kept as the moment at which it will be full again. A key has
// four places; when all are taken the fullest bucket gives way, which only ever lets more through.
#include "web/pace.h"

#include <pthread.h>
#include <string.h>

#include "actions/hall.h"
#include "base/digest.h"
#include "web/web.h"

const struct pace pace_changes = {20, 2000}, pace_wrong_codes = {60, 1000};

enum { PLACES = 4 };

struct bucket {
    unsigned char key[DIGEST_BYTES];
    int64_t full_ms;
};

static struct bucket buckets[PACE_SLOTS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct bucket *bucket_of(const struct pace *pace, const struct pace_key *key)
{
    unsigned char hash[DIGEST_BYTES];
    struct digest d;
    digest_init(&d, NULL);
    digest_int(&d, pace->burst);
    digest_int(&d, pace->every_ms);
    digest_int(&d, key->unit);
    digest_int(&d, key->number);
    digest_text(&d, key->text);
    digest_done(&d, hash);
    struct bucket *first = &buckets[(hash[0] | hash[1] << 8) % (PACE_SLOTS / PLACES) * PLACES];
    struct bucket *idle = first;
    for (struct bucket *b = first; b < first + PLACES; b++) {
        if (memcmp(b->key, hash, DIGEST_BYTES) == 0) return b;
        if (b->full_ms < idle->full_ms) idle = b;
    }
    memcpy(idle->key, hash, DIGEST_BYTES);
    idle->full_ms = 0;
    return idle;
}

static int64_t ask(const struct pace *pace, const struct pace_key *key, int64_t now_ms, bool take)
{
    pthread_mutex_lock(&lock);
    struct bucket *b = bucket_of(pace, key);
    int64_t full = b->full_ms > now_ms ? b->full_ms : now_ms;
    int64_t wait = full - now_ms - (int64_t)(pace->burst - 1) * pace->every_ms;
    if (wait <= 0 && take) b->full_ms = full + pace->every_ms;
    pthread_mutex_unlock(&lock);
    return wait > 0 ? wait : 0;
}

int64_t pace_wait_ms(const struct pace *pace, const struct pace_key *key, int64_t now_ms)
{
    return ask(pace, key, now_ms, false);
}

int64_t pace_take(const struct pace *pace, const struct pace_key *key, int64_t now_ms)
{
    return ask(pace, key, now_ms, true);
}

static struct refusal refusal_of(int64_t wait_ms, int64_t *ret_wait_s)
{
    *ret_wait_s = (wait_ms + 999) / 1000;
    return wait_ms > 0 ? REFUSE(REFUSAL_SLOW_DOWN) : ALLOWED;
}

struct refusal pace_ticket(struct http_exchange *x, int64_t *ret_wait_s)
{
    const struct visit *v = visit_of(x);
    *ret_wait_s = 0;
    if (v->actor.kind != ACTOR_TICKET) return ALLOWED;
    struct pace_key key = {v->unit, v->actor.ticket, ""};
    return refusal_of(pace_take(&pace_changes, &key, monotonic_ms()), ret_wait_s);
}

struct refusal pace_join(struct http_exchange *x, int64_t dialogue, const char *code,
                         int64_t *ret_wait_s)
{
    const struct visit *v = visit_of(x);
    struct pace_key key = {v->unit, dialogue, http_client_address(x)};
    *ret_wait_s = 0;
    if (code == NULL || *code == 0) return ALLOWED; // the form says what is missing
    bool right = hall_join_code_holds(v->web->app, v->unit, dialogue, v->now_ms, code);
    int64_t now = monotonic_ms();
    // A right code waits too once the address has guessed that much: else guessing went on.
    int64_t wait = right ? pace_wait_ms(&pace_wrong_codes, &key, now)
                         : pace_take(&pace_wrong_codes, &key, now);
    return refusal_of(wait, ret_wait_s);
}

void pace_tell(struct http_exchange *x, int64_t wait_s)
{
    http_set_header(x, "Retry-After", arena_printf(http_arena(x), "%lld", (long long)wait_s));
}
