// SPDX-License-Identifier: AGPL-3.0-or-later
// One PEM file holds key and certificate. Names gather: whoever goes from office to hall and back
// keeps the certificate that staff have accepted.
#include "cli/certificate.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <limits.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tr.h"

enum {
    FILE_MAX = 64 * 1024,
    NAMES_MAX = 48,
    DAY_S = 24 * 60 * 60,
    GOOD_DAYS = 730, // browsers refuse more than 825
    LAST_DAYS = 30,
    SERIAL_BYTES = 16,
};

static const char maker[] = "doithoai"; // organisation of the subject: ours, to be made again

struct pair {
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t crt;
};

static bool pair_new(struct pair *pair)
{
    *pair = (struct pair){0};
    return gnutls_x509_privkey_init(&pair->key) == 0 && gnutls_x509_crt_init(&pair->crt) == 0;
}

static void pair_done(struct pair *pair)
{
    if (pair->crt != NULL) gnutls_x509_crt_deinit(pair->crt);
    if (pair->key != NULL) gnutls_x509_privkey_deinit(pair->key);
    *pair = (struct pair){0};
}

// ---- the file

/// NULL when there is none (errno ENOENT) or it can't be read.
static char *file_read(struct arena *arena, const char *path, size_t *ret_len)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return NULL;
    char *text = arena_alloc(arena, FILE_MAX + 1);
    size_t len = 0;
    for (ssize_t got; len < FILE_MAX && (got = read(fd, text + len, FILE_MAX - len)) > 0;)
        len += (size_t)got;
    close(fd);
    text[len] = '\0';
    *ret_len = len;
    errno = 0;
    return text;
}

/// Beside it first, then in its place: a power cut leaves the old one or the new one.
static bool file_write(struct arena *arena, const char *path, const char *text)
{
    const char *beside = arena_printf(arena, "%s.tmp", path);
    size_t len = strlen(text);
    (void)unlink(beside);
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    bool ok = write(fd, text, len) == (ssize_t)len && fsync(fd) == 0;
    ok = close(fd) == 0 && ok;
    if (ok && rename(beside, path) == 0) return true;
    (void)unlink(beside);
    return false;
}

static bool pair_read(struct pair *pair, const char *text, size_t len)
{
    const gnutls_datum_t pem = {(unsigned char *)(uintptr_t)text, (unsigned)len};
    return gnutls_x509_privkey_import(pair->key, &pem, GNUTLS_X509_FMT_PEM) == 0 &&
           gnutls_x509_crt_import(pair->crt, &pem, GNUTLS_X509_FMT_PEM) == 0;
}

// ---- names

static const char *host_name(char out[HOST_NAME_MAX + 1])
{
    if (gethostname(out, HOST_NAME_MAX) != 0) out[0] = '\0';
    out[HOST_NAME_MAX] = '\0';
    return out;
}

/// "[fd00::20]" or "192.168.1.20" as bytes; how many, 0 when it is none.
static unsigned address_bytes(const char *text, unsigned char out[16])
{
    char plain[LAN_TEXT];
    snprintf(plain, sizeof(plain), "%.*s", (int)strcspn(text + (*text == '['), "]"),
             text + (*text == '['));
    if (inet_pton(AF_INET, plain, out) == 1) return 4;
    return inet_pton(AF_INET6, plain, out) == 1 ? 16 : 0;
}

static bool has_name(gnutls_x509_crt_t crt, unsigned type, const void *bytes, size_t len)
{
    for (unsigned i = 0; i < NAMES_MAX * 2; i++) {
        unsigned char name[256];
        size_t size = sizeof(name);
        unsigned kind = 0;
        int got = gnutls_x509_crt_get_subject_alt_name2(crt, i, name, &size, &kind, NULL);
        if (got == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) return false;
        if (got >= 0 && kind == type && size == len && memcmp(name, bytes, len) == 0) return true;
    }
    return false;
}

static bool add_name(gnutls_x509_crt_t crt, unsigned type, const void *bytes, size_t len)
{
    if (len == 0 || has_name(crt, type, bytes, len)) return true;
    return gnutls_x509_crt_set_subject_alt_name(crt, type, bytes, (unsigned)len,
                                                GNUTLS_FSAN_APPEND) == 0;
}

static bool add_names(gnutls_x509_crt_t crt, const struct lan *lan)
{
    char host[HOST_NAME_MAX + 1], local[HOST_NAME_MAX + 8];
    static const char own[] = "localhost";
    host_name(host);
    bool ok = add_name(crt, GNUTLS_SAN_DNSNAME, host, strlen(host));
    snprintf(local, sizeof(local), "%s.local", host);
    if (host[0] != '\0' && strchr(host, '.') == NULL)
        ok = ok && add_name(crt, GNUTLS_SAN_DNSNAME, local, strlen(local));
    ok = ok && add_name(crt, GNUTLS_SAN_DNSNAME, own, strlen(own));
    for (int i = 0; ok && i < lan->count; i++) {
        unsigned char bytes[16];
        ok = add_name(crt, GNUTLS_SAN_IPADDRESS, bytes, address_bytes(lan->addresses[i], bytes));
    }
    return ok;
}

/// Those the old one had, so that both places are in it; too many are let go.
static bool add_old_names(gnutls_x509_crt_t crt, gnutls_x509_crt_t old)
{
    for (unsigned i = 0; i < NAMES_MAX; i++) {
        unsigned char name[256];
        size_t size = sizeof(name);
        unsigned kind = 0;
        int got = gnutls_x509_crt_get_subject_alt_name2(old, i, name, &size, &kind, NULL);
        if (got == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE) return true;
        if (got >= 0 && !add_name(crt, kind, name, size)) return false;
    }
    return true;
}

// ---- whether the one there is will do

static bool is_ours(gnutls_x509_crt_t crt)
{
    char organisation[64];
    size_t size = sizeof(organisation);
    return gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, 0, organisation,
                                         &size) == 0 &&
           strcmp(organisation, maker) == 0 && gnutls_x509_crt_check_issuer(crt, crt) != 0;
}

static bool will_do(gnutls_x509_crt_t crt, const struct lan *lan)
{
    char host[HOST_NAME_MAX + 1];
    if (gnutls_x509_crt_get_expiration_time(crt) - time(NULL) < (time_t)LAST_DAYS * DAY_S)
        return false;
    host_name(host);
    if (host[0] != '\0' && !has_name(crt, GNUTLS_SAN_DNSNAME, host, strlen(host))) return false;
    for (int i = 0; i < lan->count; i++) {
        unsigned char bytes[16];
        unsigned len = address_bytes(lan->addresses[i], bytes);
        if (!has_name(crt, GNUTLS_SAN_IPADDRESS, bytes, len)) return false;
    }
    return true;
}

// ---- making one

/// Everything but the names and the signature.
static bool fill(struct pair *pair)
{
    unsigned char serial[SERIAL_BYTES];
    char host[HOST_NAME_MAX + 1];
    const char *name = *host_name(host) != '\0' && strlen(host) <= 64 ? host : maker;
    time_t now = time(NULL);
    randombytes_buf(serial, sizeof(serial));
    serial[0] &= 0x7f; // positive
    return gnutls_x509_crt_set_version(pair->crt, 3) == 0 &&
           gnutls_x509_crt_set_serial(pair->crt, serial, sizeof(serial)) == 0 &&
           gnutls_x509_crt_set_dn_by_oid(pair->crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, maker,
                                         (unsigned)strlen(maker)) == 0 &&
           gnutls_x509_crt_set_dn_by_oid(pair->crt, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                         (unsigned)strlen(name)) == 0 &&
           gnutls_x509_crt_set_activation_time(pair->crt, now - DAY_S) == 0 &&
           gnutls_x509_crt_set_expiration_time(pair->crt, now + (time_t)GOOD_DAYS * DAY_S) == 0 &&
           gnutls_x509_crt_set_key(pair->crt, pair->key) == 0 &&
           gnutls_x509_crt_set_basic_constraints(pair->crt, 0, -1) == 0 &&
           gnutls_x509_crt_set_key_usage(pair->crt, GNUTLS_KEY_DIGITAL_SIGNATURE) == 0 &&
           gnutls_x509_crt_set_key_purpose_oid(pair->crt, GNUTLS_KP_TLS_WWW_SERVER, 0) == 0;
}

static const char *pair_text(struct arena *arena, const struct pair *pair)
{
    gnutls_datum_t key = {0}, crt = {0};
    const char *text = NULL;
    if (gnutls_x509_privkey_export2_pkcs8(pair->key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                          &key) == 0 &&
        gnutls_x509_crt_export2(pair->crt, GNUTLS_X509_FMT_PEM, &crt) == 0)
        text = arena_printf(arena, "%.*s%.*s", (int)key.size, (const char *)key.data, (int)crt.size,
                            (const char *)crt.data);
    if (key.data != NULL) sodium_memzero(key.data, key.size);
    gnutls_free(key.data);
    gnutls_free(crt.data);
    return text;
}

/// `old` NULL: with a new key.
static const char *make(struct arena *arena, const struct lan *lan, const struct pair *old,
                        struct pair *fresh)
{
    bool ok = old != NULL
                  ? gnutls_x509_privkey_cpy(fresh->key, old->key) == 0
                  : gnutls_x509_privkey_generate(fresh->key, GNUTLS_PK_EC,
                                                 GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1),
                                                 0) == 0;
    ok = ok && fill(fresh) && add_names(fresh->crt, lan) &&
         (old == NULL || add_old_names(fresh->crt, old->crt)) &&
         gnutls_x509_crt_sign2(fresh->crt, fresh->crt, fresh->key, GNUTLS_DIG_SHA256, 0) == 0;
    return ok ? pair_text(arena, fresh) : NULL;
}

static bool take_fingerprint(gnutls_x509_crt_t crt, char out[FINGERPRINT_TEXT])
{
    unsigned char digest[32];
    size_t size = sizeof(digest);
    if (gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256, digest, &size) != 0) return false;
    for (size_t i = 0; i < sizeof(digest); i++)
        snprintf(out + i * 3, 4, i + 1 < sizeof(digest) ? "%02X:" : "%02X", digest[i]);
    return true;
}

static const char *open_pair(struct arena *arena, const char *path, const struct lan *lan,
                             struct pair pairs[2], struct certificate *ret)
{
    size_t len = 0;
    struct pair *there = &pairs[0], *fresh = &pairs[1];
    *ret = (struct certificate){.pem = file_read(arena, path, &len)};
    if (ret->pem == NULL && errno != ENOENT) return N_("không đọc được tệp chứng thư");
    bool known = ret->pem != NULL;
    if (known && !pair_read(there, ret->pem, len)) return N_("tệp chứng thư bị hỏng");
    bool good = known && (!is_ours(there->crt) || will_do(there->crt, lan));
    if (!good) {
        ret->pem = make(arena, lan, known ? there : NULL, fresh);
        if (ret->pem == NULL) return N_("không tạo được chứng thư");
        if (!file_write(arena, path, ret->pem)) return N_("không ghi được tệp chứng thư");
        ret->made = true;
    }
    return take_fingerprint(good ? there->crt : fresh->crt, ret->fingerprint)
               ? NULL
               : N_("tệp chứng thư bị hỏng");
}

const char *certificate_open(struct arena *arena, const char *path, const struct lan *lan,
                             struct certificate *ret_certificate)
{
    struct pair pairs[2] = {0};
    const char *wrong = N_("không tạo được chứng thư");
    if (pair_new(&pairs[0]) && pair_new(&pairs[1]))
        wrong = open_pair(arena, path, lan, pairs, ret_certificate);
    pair_done(&pairs[0]);
    pair_done(&pairs[1]);
    return wrong;
}
