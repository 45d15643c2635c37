// SPDX-License-Identifier: AGPL-3.0-or-later
// Typed fields into libsodium's generic hash.
#include "base/digest.h"

#include <sodium.h>

#include "base/ensure.h"

static_assert(sizeof(crypto_generichash_state) <= DIGEST_STATE_BYTES, "room for the state");

static crypto_generichash_state *state_of(struct digest *digest)
{
    return (crypto_generichash_state *)(void *)digest->state;
}

void digest_start(void)
{
    ensure(sodium_init() >= 0);
}

void digest_init(struct digest *digest, const unsigned char *key)
{
    crypto_generichash_init(state_of(digest), key, key == NULL ? 0 : 32, DIGEST_BYTES);
}

static void put(struct digest *digest, char kind, const void *bytes, uint64_t len)
{
    unsigned char head[9] = {(unsigned char)kind};
    for (int i = 0; i < 8; i++)
        head[1 + i] = (unsigned char)(len >> (8 * i));
    crypto_generichash_update(state_of(digest), head, sizeof(head));
    if (bytes != NULL && len > 0) crypto_generichash_update(state_of(digest), bytes, len);
}

void digest_int(struct digest *digest, int64_t value)
{
    put(digest, 'i', NULL, (uint64_t)value); // the head's number is the value
}

void digest_text(struct digest *digest, const char *text)
{
    if (text == NULL)
        put(digest, 'n', NULL, 0);
    else
        put(digest, 't', text, __builtin_strlen(text));
}

void digest_bytes(struct digest *digest, const void *bytes, size_t len)
{
    put(digest, 'b', bytes, len);
}

void digest_done(struct digest *digest, unsigned char ret_hash[DIGEST_BYTES])
{
    crypto_generichash_final(state_of(digest), ret_hash, DIGEST_BYTES);
}

void random_fill(void *bytes, size_t len)
{
    randombytes_buf(bytes, len);
}
