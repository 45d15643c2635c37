// SPDX-License-Identifier: AGPL-3.0-or-later
// Writing and reading files that may be sealed. Never leaves a half file under its name, never
// gives bytes of a piece that was not sealed by the same password.
#include "cli/sealed_file.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tr.h"

static const char MAGIC[] = "doithoai sealed 1\n";
enum {
    MAGIC_BYTES = sizeof(MAGIC) - 1,
    PIECE = 64 * 1024,
    MORE = crypto_secretstream_xchacha20poly1305_ABYTES,
    MEMORY_BYTES = 64 * 1024 * 1024, // an old machine in a ward's office has that
    OPERATIONS = 3,
};

struct recipe { // as in the file
    uint64_t operations, memory;
    unsigned char salt[crypto_pwhash_SALTBYTES];
    unsigned char header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
};

struct file_key {
    crypto_secretstream_xchacha20poly1305_state state;
};

static bool make_key(const struct recipe *recipe, const char *password,
                     unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES])
{
    return crypto_pwhash(key, crypto_secretstream_xchacha20poly1305_KEYBYTES, password,
                         strlen(password), recipe->salt, le64toh(recipe->operations),
                         (size_t)le64toh(recipe->memory), crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static struct file_key *key_new(void)
{
    struct file_key *key = calloc(1, sizeof(*key));
    ensure(key != NULL);
    return key;
}

static void key_free(struct file_key *key)
{
    if (key == NULL) return;
    sodium_memzero(key, sizeof(*key));
    free(key);
}

// --- Writing ---

static void put_raw(struct file_out *out, const void *bytes, size_t len)
{
    if (len > 0 && fwrite(bytes, 1, len, out->file) != len) out->failed = true;
}

static bool start_seal(struct file_out *out, const char *password)
{
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    struct recipe recipe = {.operations = htole64(OPERATIONS), .memory = htole64(MEMORY_BYTES)};
    randombytes_buf(recipe.salt, sizeof(recipe.salt));
    if (!make_key(&recipe, password, key)) return false;
    out->key = key_new();
    crypto_secretstream_xchacha20poly1305_init_push(&out->key->state, recipe.header, key);
    sodium_memzero(key, sizeof(key));
    put_raw(out, MAGIC, MAGIC_BYTES);
    put_raw(out, &recipe, sizeof(recipe));
    return true;
}

const char *file_out_open(struct file_out *out, const char *path, const char *password)
{
    *out = (struct file_out){0};
    struct stat info;
    if (strlen(path) > sizeof(out->path) - 8) return N_("đường dẫn quá dài");
    if (lstat(path, &info) == 0) return N_("tệp đã có, không ghi đè");
    snprintf(out->path, sizeof(out->path), "%s", path);
    snprintf(out->part, sizeof(out->part), "%s.part", path);
    int fd = open(out->part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    out->file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (out->file == NULL) return N_("không ghi được tệp");
    if (fchmod(fd, 0600) == 0 && (password == NULL || start_seal(out, password))) return NULL;
    file_out_drop(out);
    return N_("không ghi được tệp");
}

static void put_piece(struct file_out *out, size_t len, unsigned char tag)
{
    static unsigned char sealed[PIECE + MORE];
    unsigned long long size = 0;
    crypto_secretstream_xchacha20poly1305_push(&out->key->state, sealed, &size,
                                               (const unsigned char *)buf_text(&out->piece), len,
                                               NULL, 0, tag);
    put_raw(out, sealed, (size_t)size);
    buf_clear(&out->piece);
}

void file_out_put(struct file_out *out, const void *bytes, size_t len)
{
    if (out->key == NULL) {
        put_raw(out, bytes, len);
        return;
    }
    for (const char *at = bytes; len > 0;) {
        if (out->piece.len == PIECE) put_piece(out, PIECE, 0);
        size_t part = len < PIECE - out->piece.len ? len : PIECE - out->piece.len;
        buf_put(&out->piece, at, part);
        at += part;
        len -= part;
    }
}

/// The name itself must be on the disk too.
static bool sync_folder(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof(folder), "%.*s", slash == NULL ? 1 : (int)(slash - path) + 1,
             slash == NULL ? "." : path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

bool file_out_finish(struct file_out *out)
{
    if (out->key != NULL)
        put_piece(out, out->piece.len, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    bool ok = !out->failed && fflush(out->file) == 0 && fsync(fileno(out->file)) == 0;
    ok = ok && rename(out->part, out->path) == 0;
    if (ok) {
        fclose(out->file);
        out->file = NULL;
        ok = sync_folder(out->path);
    }
    file_out_drop(out);
    return ok;
}

void file_out_drop(struct file_out *out)
{
    if (out->file != NULL) {
        fclose(out->file);
        unlink(out->part);
    }
    key_free(out->key);
    buf_done(&out->piece);
    out->file = NULL;
    out->key = NULL;
}

// --- Reading ---

static const char *open_seal(struct file_in *in, const char *password)
{
    struct recipe recipe;
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    if (fread(&recipe, 1, sizeof(recipe), in->file) != sizeof(recipe)) return N_("tệp bị hỏng");
    if (password == NULL) return N_("tệp này có mật khẩu: cần --password");
    // What the file asks for is bounded: it may come from anywhere.
    if (le64toh(recipe.memory) > (uint64_t)1 << 30 || le64toh(recipe.operations) > 16 ||
        !make_key(&recipe, password, key))
        return N_("tệp bị hỏng");
    in->key = key_new();
    int started =
        crypto_secretstream_xchacha20poly1305_init_pull(&in->key->state, recipe.header, key);
    sodium_memzero(key, sizeof(key));
    return started == 0 ? NULL : N_("tệp bị hỏng");
}

const char *file_in_open(struct file_in *in, const char *path, const char *password)
{
    *in = (struct file_in){.file = fopen(path, "rbe")};
    if (in->file == NULL) return N_("không mở được tệp");
    char start[MAGIC_BYTES];
    const char *wrong = NULL;
    if (fread(start, 1, sizeof(start), in->file) == sizeof(start) &&
        memcmp(start, MAGIC, sizeof(start)) == 0)
        wrong = open_seal(in, password);
    else
        rewind(in->file);
    if (wrong != NULL) file_in_close(in);
    return wrong;
}

static bool pull_sealed(struct file_in *in)
{
    static unsigned char sealed[PIECE + MORE], opened[PIECE];
    unsigned long long size = 0;
    unsigned char tag = 0;
    size_t len = fread(sealed, 1, sizeof(sealed), in->file);
    if (len < MORE || crypto_secretstream_xchacha20poly1305_pull(&in->key->state, opened, &size,
                                                                 &tag, sealed, len, NULL, 0) != 0)
        return false;
    in->ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    buf_put(&in->piece, opened, (size_t)size);
    return !in->ended || fgetc(in->file) == EOF; // nothing may follow the last piece
}

/// More bytes into the piece; false at the end.
static bool pull(struct file_in *in)
{
    if (in->ended || in->broken) return false;
    buf_clear(&in->piece);
    in->at = 0;
    if (in->key != NULL) {
        in->broken = !pull_sealed(in);
    } else {
        buf_reserve(&in->piece, PIECE);
        in->piece.len = fread(in->piece.data, 1, PIECE, in->file);
        in->piece.data[in->piece.len] = 0;
        in->ended = in->piece.len < PIECE;
        in->broken = ferror(in->file) != 0;
    }
    return !in->broken && in->piece.len > 0;
}

size_t file_in_read(struct file_in *in, void *bytes, size_t len)
{
    size_t got = 0;
    while (got < len && !in->broken) {
        if (in->at == in->piece.len && !pull(in)) break;
        size_t part = in->piece.len - in->at;
        if (part > len - got) part = len - got;
        memcpy((char *)bytes + got, in->piece.data + in->at, part);
        in->at += part;
        got += part;
    }
    return got;
}

bool file_in_line(struct file_in *in, struct buf *line, size_t most)
{
    buf_clear(line);
    while (in->at < in->piece.len || pull(in)) {
        const char *from = in->piece.data + in->at;
        size_t room = in->piece.len - in->at;
        const char *end = memchr(from, '\n', room);
        size_t len = end == NULL ? room : (size_t)(end - from);
        if (line->len + len > most) return false;
        buf_put(line, from, len);
        in->at += len + (end != NULL);
        if (end != NULL) return true;
    }
    return false; // a last line without its end is a line cut short
}

void file_in_close(struct file_in *in)
{
    if (in->file != NULL) fclose(in->file);
    key_free(in->key);
    if (in->piece.data != NULL) sodium_memzero(in->piece.data, in->piece.len);
    buf_done(&in->piece);
    in->file = NULL;
    in->key = NULL;
}
