// SPDX-License-Identifier: AGPL-3.0-or-later
// An entry is told one look after it was first seen: by then a program that wrote it itself has
// said so. Told twice it would do no harm, since events carry what the store says at that moment.
#include "web/follow.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "store/issued.h"
#include "store/opinion.h"
#include "store/register.h"
#include "store/unit.h"

enum { LOOK_MS = 250, OWN = 256, PAGE = 200, PLACES = 256 };

/// What this program wrote to one chain lately: ranges of entries, the oldest overwritten.
struct own {
    struct entry_range ranges[OWN];
    size_t next;
};

struct followed {
    int64_t unit;
    struct followed *next;       // in its place
    struct own *own[APP_CHAINS]; // NULL: this program has written nothing there
    bool ready;                  // what follows is the thread's alone
    int64_t told[APP_CHAINS], seen[APP_CHAINS];
};

struct follower {
    struct app *app;
    pthread_t thread;
    pthread_mutex_t lock; // guards the units' list and what is their own
    pthread_cond_t ended;
    bool stop;
    struct followed *units[PLACES];
};

static void *zeroed(size_t size)
{
    void *bytes = calloc(1, size);
    ensure(bytes != NULL);
    return bytes;
}

/// Under the lock; lives as long as the follower.
static struct followed *followed_of(struct follower *f, int64_t unit)
{
    struct followed **place = &f->units[(size_t)unit % PLACES], *u = *place;
    while (u != NULL && u->unit != unit)
        u = u->next;
    if (u != NULL) return u;
    u = zeroed(sizeof(*u));
    u->unit = unit;
    u->next = *place;
    return *place = u;
}

// ---- what this program wrote

static void wrote(void *ctx, int64_t unit, int chain, struct entry_range range)
{
    struct follower *f = ctx;
    pthread_mutex_lock(&f->lock);
    struct followed *u = followed_of(f, unit);
    if (u->own[chain] == NULL) u->own[chain] = zeroed(sizeof(*u->own[chain]));
    struct own *own = u->own[chain];
    struct entry_range *last = &own->ranges[(own->next + OWN - 1) % OWN];
    if (last->last != 0 && last->last + 1 == range.first)
        last->last = range.last;
    else
        own->ranges[own->next++ % OWN] = range;
    pthread_mutex_unlock(&f->lock);
}

/// The range that holds the entry; {0} when another program wrote it.
static struct entry_range range_of(struct follower *f, const struct followed *u, int chain,
                                   int64_t entry)
{
    struct entry_range found = {0};
    pthread_mutex_lock(&f->lock);
    for (size_t i = 0; i < OWN && u->own[chain] != NULL && found.last == 0; i++) {
        const struct entry_range *r = &u->own[chain]->ranges[i];
        if (r->first <= entry && entry <= r->last) found = *r;
    }
    pthread_mutex_unlock(&f->lock);
    return found;
}

// ---- what others wrote

static bool was_shown(const struct opinion *o, const struct entry *e)
{
    const int64_t shown =
        1 << OPINION_ANSWERED | 1 << OPINION_OWED | 1 << OPINION_REFERRED | 1 << OPINION_CONCLUDED;
    if (e->from_state == OPINION_RELAYED || e->from_state == OPINION_ON_FLOOR) return true;
    return o->relayed && e->from_state >= 0 && (1 << e->from_state & shown) != 0;
}

/// Whether phones must hear of it: it is public, or has just ceased to be. The entry says
/// where an opinion came from, not who might see it there, so somewhat more is called gone than was
/// seen: a number, never a text.
static bool is_for_all(const struct opinion *o, const struct entry *e)
{
    if (opinion_is_public(o)) return true;
    bool left = o->visibility == VISIBILITY_PUBLIC || o->visibility == VISIBILITY_INITIALS ||
                o->visibility == VISIBILITY_SEALED || strcmp(e->action, "classify") == 0;
    return left && was_shown(o, e);
}

static void tell_opinion(struct follower *f, const struct entry *e, int chain, struct happening *h)
{
    ARENA arena = {0};
    struct opinion o;
    enum status status;
    {
        STORE_READ ro = NULL;
        status = store_read_begin(f->app->store, &ro);
        if (status == STATUS_OK)
            status = store_opinion_load(store_ro_sql(ro), h->unit, h->opinion, &arena, &o);
    }
    if (status != STATUS_OK) {
        log_warn("follow: %s", status_name(status));
        return;
    }
    bool sealing = chain == CHAIN_SEALED && strcmp(e->action, "divert") == 0;
    h->dialogue = o.dialogue;
    if (o.visibility == VISIBILITY_SEALED && !sealing) { // told without its number
        h->opinion = 0;
        h->what = "sealed";
    } else {
        h->what = opinion_event(e->action, e->from_state, e->to_state);
        h->is_public = is_for_all(&o, e);
        h->forget =
            sealing || (h->is_public && !opinion_is_public(&o)) || strcmp(e->action, "redact") == 0;
    }
    f->app->publish(f->app, h);
}

/// The entry does not say which of the three changed; their cards are the same.
static void tell_hall(struct follower *f, struct happening *h)
{
    static const enum happening_kind kinds[] = {HAPPENED_QUEUE, HAPPENED_CLOCK, HAPPENED_SCENE};
    h->is_public = true;
    h->what = "hall"; // what waits to be told outlives the entry
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        h->kind = kinds[i];
        f->app->publish(f->app, h);
    }
}

/// A paper got its number; the entry names the paper alone.
static void tell_document(struct follower *f, struct happening *h, int64_t id)
{
    ARENA arena = {0};
    struct issued row;
    enum status status;
    {
        STORE_READ ro = NULL;
        status = store_read_begin(f->app->store, &ro);
        if (status == STATUS_OK)
            status = store_issued_load(store_ro_sql(ro), h->unit, id, &arena, &row);
    }
    if (status != STATUS_OK) {
        log_warn("follow: %s", status_name(status));
        return;
    }
    h->dialogue = row.dialogue;
    h->what = "issued";
    h->is_public = true;
    f->app->publish(f->app, h);
}

static void tell_place(struct follower *f, const char *kind, struct happening *h)
{
    static const char *const desks[] = {"note",      "fact", "invitee", "minutes",
                                        "broadcast", "text", "dispatch"};
    if (strcmp(kind, "hall") == 0) {
        tell_hall(f, h);
    } else if (strcmp(kind, "ticket") == 0) {
        h->kind = HAPPENED_PRESENCE;
        h->what = "joined";
        f->app->publish(f->app, h);
    } else if (strcmp(kind, "dialogue") == 0) {
        h->is_public = true;
        f->app->publish(f->app, h);
    } else {
        for (size_t i = 0; i < ARRAY_LEN(desks); i++)
            if (strcmp(kind, desks[i]) == 0) f->app->publish(f->app, h);
    }
}

/// "opinion 2024-0007", "hall 1", "note 1-12".
static void tell(struct follower *f, int64_t unit, const struct entry *e, int chain)
{
    struct happening h = {.unit = unit, .what = e->action, .version = e->version};
    const char *name = strchr(e->subject, ' ');
    char kind[16];
    if (name == NULL || (size_t)(name - e->subject) >= sizeof(kind)) return;
    memcpy(kind, e->subject, (size_t)(name - e->subject));
    kind[name - e->subject] = '\0';
    if (strcmp(kind, "opinion") == 0) {
        if (opinion_number_parse(name + 1, &h.opinion)) tell_opinion(f, e, chain, &h);
        return;
    }
    h.dialogue = strtoll(name + 1, NULL, 10);
    h.forget = strcmp(e->action, "hide_name") == 0; // cards of before may hold it
    if (chain != CHAIN_MAIN || h.dialogue <= 0) return;
    if (strcmp(kind, "document") == 0)
        tell_document(f, &h, h.dialogue);
    else
        tell_place(f, kind, &h);
}

static enum status list_behind(struct follower *f, const struct followed *u, int chain,
                               struct arena *arena, struct entry_list *ret_list)
{
    STORE_READ ro = NULL;
    enum status status = store_read_begin(f->app->store, &ro);
    if (status != STATUS_OK) return status;
    struct register_page page = {(enum chain)chain, u->told[chain], PAGE};
    return store_register_list(store_ro_sql(ro), u->unit, page, arena, ret_list);
}

/// Up to what had been seen at the look before. What is all ours is stepped over without reading.
static enum status follow_chain(struct follower *f, struct followed *u, int chain)
{
    while (u->told[chain] < u->seen[chain]) {
        struct entry_range own = range_of(f, u, chain, u->told[chain] + 1);
        if (own.last != 0) {
            u->told[chain] = own.last;
            continue;
        }
        ARENA arena = {0};
        struct entry_list list;
        enum status status = list_behind(f, u, chain, &arena, &list);
        if (status != STATUS_OK) return status;
        if (list.count == 0) return STATUS_OK;
        for (int i = 0; i < list.count && list.rows[i].entry <= u->seen[chain]; i++) {
            if (range_of(f, u, chain, list.rows[i].entry).last == 0)
                tell(f, u->unit, &list.rows[i], chain);
            u->told[chain] = list.rows[i].entry;
        }
    }
    return STATUS_OK;
}

static enum status look_at(struct follower *f, const struct head_mark *mark)
{
    const int64_t now[APP_CHAINS] = {
        [CHAIN_MAIN] = mark->entry, [CHAIN_SEALED] = mark->sealed_entry};
    pthread_mutex_lock(&f->lock);
    struct followed *u = followed_of(f, mark->unit);
    pthread_mutex_unlock(&f->lock);
    enum status status = STATUS_OK;
    for (int chain = 0; chain < APP_CHAINS && status == STATUS_OK; chain++) {
        if (!u->ready) u->told[chain] = now[chain]; // who comes later reads the pages
        status = follow_chain(f, u, chain);
        u->seen[chain] = now[chain];
    }
    u->ready = true;
    return status;
}

static enum status read_marks(struct follower *f, int64_t after, struct arena *arena,
                              struct head_marks *ret_marks)
{
    STORE_READ ro = NULL;
    enum status status = store_read_begin(f->app->store, &ro);
    if (status != STATUS_OK) return status;
    return store_head_marks(store_ro_sql(ro), after, arena, ret_marks);
}

/// All units, a page of them at a time.
static enum status look(struct follower *f)
{
    int64_t after = 0;
    for (bool more = true; more;) {
        ARENA arena = {0};
        struct head_marks marks;
        enum status status = read_marks(f, after, &arena, &marks);
        for (int i = 0; status == STATUS_OK && i < marks.count; i++) {
            status = look_at(f, &marks.rows[i]);
            after = marks.rows[i].unit;
        }
        if (status != STATUS_OK) return status;
        more = marks.count == HEAD_MARKS_PAGE;
    }
    return STATUS_OK;
}

// ---- the thread

/// False: it is time to end.
static bool pause_look(struct follower *f)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += LOOK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&f->lock);
    if (!f->stop) pthread_cond_timedwait(&f->ended, &f->lock, &until);
    bool stop = f->stop;
    pthread_mutex_unlock(&f->lock);
    return !stop;
}

static void *run(void *arg)
{
    struct follower *f = arg;
    enum status before = STATUS_OK; // a database that is away for an hour is one line
    do {
        enum status status = look(f);
        if (status != STATUS_OK && status != before) log_warn("follow: %s", status_name(status));
        before = status;
    } while (pause_look(f));
    return NULL;
}

struct follower *follower_start(struct app *app)
{
    struct follower *f = zeroed(sizeof(*f));
    f->app = app;
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->ended, NULL);
    app->wrote_ctx = f;
    app->wrote = wrote;
    ensure(pthread_create(&f->thread, NULL, run, f) == 0);
    return f;
}

static void forget_all(struct follower *f)
{
    for (size_t i = 0; i < PLACES; i++)
        for (struct followed *u = f->units[i], *next; u != NULL; u = next) {
            next = u->next;
            for (int chain = 0; chain < APP_CHAINS; chain++)
                free(u->own[chain]);
            free(u);
        }
}

void follower_stop(struct follower *f)
{
    if (f == NULL) return;
    pthread_mutex_lock(&f->lock);
    f->stop = true;
    pthread_cond_signal(&f->ended);
    pthread_mutex_unlock(&f->lock);
    pthread_join(f->thread, NULL);
    f->app->wrote = NULL;
    pthread_cond_destroy(&f->ended);
    pthread_mutex_destroy(&f->lock);
    forget_all(f);
    free(f);
}
