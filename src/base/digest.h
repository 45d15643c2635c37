// SPDX-License-Identifier: AGPL-3.0-or-later
// BLAKE2b-256 over typed fields: each is written with its kind and length, so that no two lists of
// fields give the same bytes. And randomness. libsodium behind it; digest_start() must have run
// once.
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_BYTES = 32, DIGEST_STATE_BYTES = 384 };

struct digest {
    _Alignas(64) unsigned char state[DIGEST_STATE_BYTES];
};

/// Once per process, before threads.
void digest_start(void);

/// key may be NULL; otherwise 32 bytes.
void digest_init(struct digest *digest, const unsigned char *key);
void digest_int(struct digest *digest, int64_t value);
void digest_text(struct digest *digest, const char *text); // NULL differs from ""
void digest_bytes(struct digest *digest, const void *bytes, size_t len);
void digest_done(struct digest *digest, unsigned char ret_hash[DIGEST_BYTES]);

void random_fill(void *bytes, size_t len);

#endif
