// SPDX-License-Identifier: AGPL-3.0-or-later
// The register's chain, written a second time from its description: BLAKE2b-256 over typed fields (kind, eight bytes
// of value or length, bytes). Tests that forge entries need it; it never asks the program.

const WORD = (1n << 64n) - 1n;
const IV = [0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
    0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n];
const SIGMA = ['0123456789abcdef', 'ea489fd61c02b753', 'b8c052fdae367194', '7931dcbe265a40f8', '905724afe1bc683d',
    '2c6a0b834d75fe19', 'c51fed4a0763928b', 'db7ec13950f4862a', '6fe9b308c2d714a5', 'a2847615fb9e3cd0']
    .map((row) => [...row].map((digit) => parseInt(digit, 16)));
const LANES = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
    [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];

function rotate(word, by) {
    return ((word >> by) | (word << (64n - by))) & WORD;
}

function compress(h, block, total, last) {
    const v = [...h, ...IV];
    v[12] ^= BigInt(total);
    if (last) v[14] ^= WORD;
    const m = Array.from({ length: 16 }, (_, i) => block.readBigUInt64LE(8 * i));
    for (let round = 0; round < 12; round++) {
        const s = SIGMA[round % 10];
        LANES.forEach(([a, b, c, d], i) => {
            v[a] = (v[a] + v[b] + m[s[2 * i]]) & WORD;
            v[d] = rotate(v[d] ^ v[a], 32n);
            v[c] = (v[c] + v[d]) & WORD;
            v[b] = rotate(v[b] ^ v[c], 24n);
            v[a] = (v[a] + v[b] + m[s[2 * i + 1]]) & WORD;
            v[d] = rotate(v[d] ^ v[a], 16n);
            v[c] = (v[c] + v[d]) & WORD;
            v[b] = rotate(v[b] ^ v[c], 63n);
        });
    }
    h.forEach((word, i) => { h[i] = word ^ v[i] ^ v[i + 8]; });
}

export function blake2b256(bytes) {
    const h = [...IV];
    h[0] ^= 0x01010020n;
    const blocks = Math.max(1, Math.ceil(bytes.length / 128));
    for (let i = 0; i < blocks; i++) {
        const block = Buffer.alloc(128);
        bytes.copy(block, 0, 128 * i);
        const last = i === blocks - 1;
        compress(h, block, last ? bytes.length : 128 * (i + 1), last);
    }
    const out = Buffer.alloc(32);
    for (let i = 0; i < 4; i++) out.writeBigUInt64LE(h[i], 8 * i);
    return out;
}

function field(kind, number, bytes = Buffer.alloc(0)) {
    const head = Buffer.alloc(9);
    head.write(kind);
    head.writeBigInt64LE(BigInt(number), 1);
    return Buffer.concat([head, bytes]);
}

const integer = (value) => field('i', value);
const bytes = (value) => field('b', value.length, value);
const text = (value) => field('t', Buffer.byteLength(value), Buffer.from(value));

/** The hash of an entry as the tables have it (bytes as Buffers, numbers as numbers). */
export function entryHash(unit, e) {
    return blake2b256(Buffer.concat([bytes(e.previous), integer(unit), integer(e.entry), integer(e.at_ms), text(e.actor),
        integer(e.role), integer(e.behalf), text(e.action), text(e.subject), integer(e.from_state), integer(e.to_state),
        integer(e.version), bytes(e.digest)]));
}
