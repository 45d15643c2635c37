// SPDX-License-Identifier: AGPL-3.0-or-later
// A fixed table of counters by hash; two keys that share a slot take turns in it, which only ever
// lets more through.
#include "web/throttle.h"

#include <pthread.h>
#include <string.h>

#include "base/digest.h"

struct slot {
    unsigned char key[DIGEST_BYTES];
    int failures;
    int64_t last_ms;
};

static struct slot slots[THROTTLE_SLOTS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct slot *slot_of(int64_t unit, const char *username, const char *address,
                            unsigned char key[DIGEST_BYTES])
{
    struct digest d;
    digest_init(&d, NULL);
    digest_int(&d, unit);
    digest_text(&d, username);
    digest_text(&d, address);
    digest_done(&d, key);
    return &slots[(key[0] | key[1] << 8) % THROTTLE_SLOTS];
}

bool throttle_blocks(int64_t unit, const char *username, const char *address, int64_t now_ms)
{
    unsigned char key[DIGEST_BYTES];
    struct slot *slot = slot_of(unit, username, address, key);
    pthread_mutex_lock(&lock);
    bool same = memcmp(slot->key, key, DIGEST_BYTES) == 0;
    bool blocks =
        same && slot->failures >= THROTTLE_FAILURES && now_ms - slot->last_ms < THROTTLE_WAIT_MS;
    pthread_mutex_unlock(&lock);
    return blocks;
}

void throttle_note(int64_t unit, const char *username, const char *address, bool fits,
                   int64_t now_ms)
{
    unsigned char key[DIGEST_BYTES];
    struct slot *slot = slot_of(unit, username, address, key);
    pthread_mutex_lock(&lock);
    bool over = now_ms - slot->last_ms >= THROTTLE_WAIT_MS;
    if (memcmp(slot->key, key, DIGEST_BYTES) != 0 || over) {
        memcpy(slot->key, key, DIGEST_BYTES);
        slot->failures = 0;
    }
    slot->failures = fits ? 0 : slot->failures + 1;
    slot->last_ms = now_ms;
    pthread_mutex_unlock(&lock);
}
