// SPDX-License-Identifier: AGPL-3.0-or-later
// A small table of finished pages. An entry holds the epoch of its unit as it was before reading:
// any public happening since makes it stale. Settings are noticed by the facts the guard keeps;
// where other nodes write too (PostgreSQL) an entry also ages.
#include "web/public/hot.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "http/shared.h"

enum { SLOTS = 512, EPOCHS = 64, KEY_TEXT = 320, SHARED_STORE_AGE_MS = 2000 };

struct slot {
    char key[KEY_TEXT]; // language, host, path
    int64_t unit, config, from_ms, until_ms;
    uint64_t epoch;
    struct http_shared *page;
};

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static struct slot slots[SLOTS];
static _Atomic uint64_t epochs[EPOCHS];

static bool has_cookie(struct http_exchange *x, const char *name)
{
    return http_cookie(x, name) != NULL;
}

bool hot_is_plain(struct http_exchange *x)
{
    if (http_method(x) != HTTP_GET || strchr(http_target(x), '?') != NULL) return false;
    if (http_header(x, "Authorization") != NULL || http_is_htmx(x)) return false;
    if (http_header(x, "Cookie") == NULL) return true;
    return !has_cookie(x, "phien") && !has_cookie(x, "__Host-phien") &&
           !has_cookie(x, "bien-nhan") && !has_cookie(x, "loi-nhan");
}

// Without printf: this runs for every hot page, of which there may be 90,000 a second.
static bool key_of(struct http_exchange *x, enum lang lang, char key[KEY_TEXT])
{
    const char *const parts[] = {lang_code(lang), http_host(x), http_path(x)};
    size_t at = 0;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        size_t len = strlen(parts[i]);
        if (len + 1 > KEY_TEXT - at) return false;
        memcpy(key + at, parts[i], len);
        at += len;
        key[at++] = i + 1 < ARRAY_LEN(parts) ? ' ' : '\0';
    }
    return true;
}

static struct slot *slot_of(const char *key)
{
    uint64_t hash = 1469598103934665603u; // FNV-1a: places only, nothing depends on it
    for (const char *p = key; *p != 0; p++)
        hash = (hash ^ (unsigned char)*p) * 1099511628211u;
    return &slots[hash % SLOTS];
}

static bool is_fresh(const struct slot *s, struct app *app, int64_t now_ms)
{
    bool ages = store_engine(app->store) != SQL_SQLITE;
    return s->page != NULL && now_ms >= s->from_ms && now_ms < s->until_ms &&
           (!ages || now_ms < s->from_ms + SHARED_STORE_AGE_MS) &&
           s->epoch == atomic_load(&epochs[(size_t)s->unit % EPOCHS]) &&
           s->config == app_config_known(app, s->unit);
}

bool hot_answer(struct http_exchange *x, struct web *web, enum lang lang, enum http_next *ret_next)
{
    char key[KEY_TEXT];
    if (!hot_is_plain(x) || !key_of(x, lang, key)) return false;
    int64_t now_ms = clock_now_ms(&web->app->clock);
    struct http_shared *page = NULL;
    pthread_rwlock_rdlock(&lock);
    const struct slot *s = slot_of(key);
    if (strcmp(s->key, key) == 0 && is_fresh(s, web->app, now_ms)) page = http_shared_ref(s->page);
    pthread_rwlock_unlock(&lock);
    if (page == NULL) return false;
    *ret_next = http_send_shared(x, page);
    http_shared_unref(page);
    return true;
}

struct hot_mark hot_mark(int64_t unit)
{
    return (struct hot_mark){atomic_load(&epochs[(size_t)unit % EPOCHS])};
}

void hot_changed(int64_t unit)
{
    atomic_fetch_add(&epochs[(size_t)unit % EPOCHS], 1);
}

static struct http_shared *shared_of(const struct buf *page)
{
    enum { HEADERS = 16 };
    struct http_header headers[HEADERS] = {{"Vary", "Accept-Language, Cookie"}};
    for (size_t i = 0; web_headers[i].name != NULL && i + 2 < HEADERS; i++)
        headers[i + 1] = web_headers[i];
    return http_shared_new(&(struct http_shared_spec){.content_type = "text/html; charset=utf-8",
                                                      .plain = {page->data, page->len},
                                                      .headers = headers});
}

enum http_next hot_keep(struct http_exchange *x, const struct visit *v, struct hot_mark mark,
                        int64_t until_ms, const struct buf *page)
{
    char key[KEY_TEXT];
    struct http_shared *made = shared_of(page), *old = NULL;
    if (key_of(x, visit_lang(v), key)) {
        pthread_rwlock_wrlock(&lock);
        struct slot *s = slot_of(key);
        old = s->page;
        *s = (struct slot){.unit = v->unit,
                           .config = v->facts->config,
                           .from_ms = v->now_ms,
                           .until_ms = until_ms,
                           .epoch = mark.epoch,
                           .page = http_shared_ref(made)};
        memcpy(s->key, key, sizeof(key));
        pthread_rwlock_unlock(&lock);
    }
    enum http_next next = http_send_shared(x, made);
    http_shared_unref(made);
    http_shared_unref(old);
    return next;
}
