// SPDX-License-Identifier: AGPL-3.0-or-later
// The frame around every action: arenas, transaction, idempotency, register, happenings. No rule of
// the domain here.
#include "actions/act.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "actions/sealing.h"
#include "actions/tell.h"
#include "base/log.h"
#include "base/text.h"
#include "store/account.h"
#include "store/dialogue.h"
#include "store/hall.h"
#include "store/idempotency.h"
#include "store/opinion.h"
#include "store/opinion_list.h"

struct act *act_new(struct app *app, int64_t unit)
{
    struct act *act = calloc(1, sizeof(*act));
    ensure(act != NULL);
    act->app = app;
    act->unit = unit;
    act->if_version = -1;
    return act;
}

static void forget_run(struct act *act)
{
    act->facts = NULL;
    arena_reset(&act->scratch);
    act->refusal = ALLOWED;
    act->answer = (struct act_answer){0};
    act->happening_count = 0;
    memset(act->entries, 0, sizeof(act->entries));
    act->replayed = act->optimize_index = act->posted = false;
}

void act_free(struct act *act)
{
    if (act == NULL) return;
    forget_run(act);
    arena_done(&act->input);
    arena_done(&act->scratch);
    sodium_memzero(act, sizeof(*act));
    free(act);
}

static enum status job_run(struct store_tx *tx, void *arg)
{
    struct act *act = arg;
    forget_run(act);
    act->now_ms = clock_now_ms(&act->app->clock);
    enum status status = act->run(act, tx);
    // A refusal is an answer, but leaves nothing behind: the savepoint goes back.
    if (status == STATUS_OK && act->refusal.code != REFUSAL_NONE) return STATUS_NOT_FOUND;
    return status;
}

static void tell_wrote(const struct act *act)
{
    const struct app *app = act->app;
    for (int chain = 0; chain < APP_CHAINS && app->wrote != NULL; chain++)
        if (act->entries[chain].last != 0)
            app->wrote(app->wrote_ctx, act->unit, chain, act->entries[chain]);
}

static void job_done(enum status status, void *arg)
{
    struct act *act = arg;
    if (act->refusal.code != REFUSAL_NONE) status = STATUS_OK;
    if (status == STATUS_OK && act->refusal.code == REFUSAL_NONE) tell_wrote(act);
    if (status == STATUS_OK && act->refusal.code == REFUSAL_NONE && act->app->publish != NULL)
        for (int i = 0; i < act->happening_count; i++)
            act->app->publish(act->app, &act->happenings[i]);
    if (status == STATUS_OK && act->posted && act->app->posted != NULL)
        act->app->posted(act->app->posted_ctx);
    act->done(act, status);
}

void act_submit(struct act *act)
{
    act->job = (struct store_job){
        .run = job_run, .done = job_done, .arg = act, .looks_up_key = act->idempotency_key != NULL};
    store_submit(act->app->store, &act->job);
}

struct wait {
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool over;
    enum status status;
};

static void wake(struct act *act, enum status status)
{
    struct wait *wait = act->ctx;
    pthread_mutex_lock(&wait->lock);
    wait->over = true;
    wait->status = status;
    pthread_cond_signal(&wait->ended);
    pthread_mutex_unlock(&wait->lock);
}

enum status act_do(struct act *act)
{
    struct wait wait = {.lock = PTHREAD_MUTEX_INITIALIZER, .ended = PTHREAD_COND_INITIALIZER};
    act->done = wake;
    act->ctx = &wait;
    act_submit(act);
    pthread_mutex_lock(&wait.lock);
    while (!wait.over)
        pthread_cond_wait(&wait.ended, &wait.lock);
    pthread_mutex_unlock(&wait.lock);
    return wait.status;
}

static void find_actor(struct act *act)
{
    const struct caller *caller = &act->caller;
    act->actor = (struct actor){.kind = caller->kind,
                                .receipt_hash = caller->receipt_hash,
                                .ticket = caller->ticket,
                                .ticket_dialogue = caller->ticket_dialogue};
    if (caller->kind != ACTOR_ACCOUNT) return;
    const struct person *person = people_find(&act->facts->people, caller->username);
    if (person == NULL || !person->active)
        act->actor.kind = ACTOR_PUBLIC; // closed since the session began
    else
        act->actor.person = person;
}

// ---- kept answers

static void idempotency_keys(const struct act *act, unsigned char lookup[32],
                             unsigned char secret[32])
{
    struct digest d;
    digest_init(&d, act->app->keys.idempotency);
    digest_int(&d, act->unit);
    digest_int(&d, (int64_t)act->caller.kind);
    digest_text(&d, act->caller.username);
    digest_bytes(&d, act->caller.receipt_hash, 32);
    digest_int(&d, act->caller.ticket);
    digest_text(&d, act->idempotency_key);
    digest_done(&d, lookup);
    // The kept answer holds the receipt: only who has the key itself can read it.
    digest_init(&d, NULL);
    digest_text(&d, "kept answer");
    digest_text(&d, act->idempotency_key);
    digest_done(&d, secret);
}

/// The answer as fixed bytes: the struct without pointers, then the numbers of a split.
static struct sql_bytes seal_answer(struct act *act, const unsigned char secret[32])
{
    struct act_answer plain = act->answer;
    size_t numbers = (size_t)plain.number_count * sizeof(int64_t), size = sizeof(plain) + numbers;
    plain.numbers = NULL;
    plain.token = NULL;
    unsigned char *text = arena_alloc(&act->scratch, size);
    memcpy(text, &plain, sizeof(plain));
    if (numbers > 0) memcpy(text + sizeof(plain), act->answer.numbers, numbers);
    size_t sealed = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + size;
    unsigned char *out = arena_alloc(&act->scratch, sealed);
    random_fill(out, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, text, size, out, secret);
    return (struct sql_bytes){out, sealed};
}

static bool open_answer(struct act *act, struct sql_bytes sealed, const unsigned char secret[32])
{
    const size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (sealed.len < overhead + sizeof(struct act_answer)) return false;
    const unsigned char *bytes = sealed.p;
    unsigned char *plain = arena_alloc(&act->scratch, sealed.len - overhead);
    if (crypto_secretbox_open_easy(plain, bytes + crypto_secretbox_NONCEBYTES,
                                   sealed.len - crypto_secretbox_NONCEBYTES, bytes, secret) != 0)
        return false;
    memcpy(&act->answer, plain, sizeof(act->answer));
    act->answer.numbers = (const int64_t *)(const void *)(plain + sizeof(struct act_answer));
    return true;
}

static enum status find_kept(struct act *act, struct sql *sql, bool *ret_replayed)
{
    unsigned char lookup[32], secret[32];
    idempotency_keys(act, lookup, secret);
    struct kept_answer kept;
    enum status status =
        store_answer_find(sql, act->unit, lookup, act->now_ms - DAY_MS, &act->scratch, &kept);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    *ret_replayed = true;
    bool same = kept.body_hash.len == DIGEST_BYTES &&
                memcmp(kept.body_hash.p, act->body_hash, DIGEST_BYTES) == 0;
    if (!same || !open_answer(act, kept.answer, secret)) {
        act->refusal = REFUSE_FIELD(REFUSAL_IDEMPOTENCY_MISMATCH, "Idempotency-Key");
        return STATUS_OK;
    }
    act->replayed = true;
    return STATUS_OK;
}

enum status act_begin(struct act *act, struct store_tx *tx, bool *ret_replayed)
{
    *ret_replayed = false;
    struct sql *sql = store_tx_sql(tx);
    enum status status = store_head_lock(tx, act->unit, &act->head);
    if (status == STATUS_NOT_FOUND) return STATUS_BROKEN; // every unit has a head
    if (status != STATUS_OK) return status;
    status = app_facts(act->app, sql, act->unit, act->head.config, &act->facts);
    if (status != STATUS_OK) return status;
    find_actor(act);
    return act->idempotency_key == NULL ? STATUS_OK : find_kept(act, sql, ret_replayed);
}

enum status act_end(struct act *act, struct store_tx *tx)
{
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    enum status status = store_head_write(tx, act->unit, &act->head);
    if (status == STATUS_OK && act->optimize_index) status = store_opinion_index_optimize(tx);
    if (status != STATUS_OK || act->idempotency_key == NULL) return status;
    unsigned char lookup[32], secret[32];
    idempotency_keys(act, lookup, secret);
    struct kept_answer kept = {{act->body_hash, DIGEST_BYTES}, seal_answer(act, secret)};
    return store_answer_keep(tx, act->unit, lookup, &kept, act->now_ms);
}

// ---- register and happenings

enum status act_register(struct act *act, struct store_tx *tx, enum chain chain,
                         struct entry *entry)
{
    entry->at_ms = act->now_ms;
    // Sealed matters are kept to the day, so that the instant does not give the denouncer away.
    if (chain == CHAIN_SEALED) entry->at_ms = instant_at(instant_day(act->now_ms), 0, 0);
    entry->actor = act->actor.kind == ACTOR_ACCOUNT ? act->actor.person->username : "";
    entry->behalf = act->behalf;
    enum status status = store_register_append(tx, act->unit, chain, &act->head, entry);
    struct entry_range *range = &act->entries[chain];
    if (status != STATUS_OK) return status;
    *range = (struct entry_range){range->last == 0 ? entry->entry : range->first, entry->entry};
    return STATUS_OK;
}

void act_happened(struct act *act, int64_t dialogue, int64_t opinion, const char *what,
                  bool is_public, int64_t version)
{
    if (act->happening_count == ACT_HAPPENINGS) return; // whoever listens re-reads the lists anyway
    act->happenings[act->happening_count++] = (struct happening){.unit = act->unit,
                                                                 .dialogue = dialogue,
                                                                 .opinion = opinion,
                                                                 .what = what,
                                                                 .is_public = is_public,
                                                                 .version = version};
}

// ---- cases

enum status act_case(struct act *act, struct sql *sql, struct dialogue *dialogue,
                     struct opinion *opinion, struct opinion_case *ret_case)
{
    struct opinion_items items = {0};
    if (opinion->id != 0) {
        enum status status =
            store_opinion_items(sql, act->unit, opinion->id, &act->scratch, &items);
        if (status != STATUS_OK) return status;
    }
    *ret_case = (struct opinion_case){
        .arena = &act->scratch,
        .now_ms = act->now_ms,
        .today = instant_day(act->now_ms),
        .calendar = &act->facts->calendar,
        .people = &act->facts->people,
        .dialogue = dialogue,
        .actor = &act->actor,
        .behalf = act->behalf,
        .proof = act->proof,
        .params = &act->params,
        .form_refusal = act->form_refusal,
        .opinion = opinion,
        .items = items.list,
        .item_count = items.count,
        .item_room = items.room,
    };
    return STATUS_OK;
}

const char *act_index_words(struct arena *arena, const struct opinion *o)
{
    bool shown = o->relayed && !opinion_is_final(o->state) && o->visibility != VISIBILITY_SEALED;
    if (o->state == OPINION_CONCLUDED && o->relayed) shown = o->visibility != VISIBILITY_SEALED;
    if (!shown) return NULL;
    char number[OPINION_NUMBER_TEXT];
    return text_fold(arena, arena_printf(arena, "%s %s %s", opinion_number_format(o->id, number),
                                         o->topic, o->content));
}

enum status act_index(struct act *act, struct store_tx *tx, const struct opinion *o)
{
    return store_opinion_index(tx, act->unit, o->id, act_index_words(&act->scratch, o));
}

/// What the public may not see any more leaves the screen; what is sealed leaves everything.
static enum status leave_view(struct act *act, struct store_tx *tx, const struct opinion_case *c,
                              const struct opinion *before)
{
    const struct opinion *o = c->opinion;
    if (!c->seal && opinion_is_public(before) && !opinion_is_public(o))
        return act_off_screen(act, tx, c);
    if (!c->seal) return STATUS_OK;
    act->optimize_index = true;
    return act_seal(act, tx, c);
}

/// Before the entry is made: it must not commit to what goes. No phone leads to it any more.
static enum status forget_at_sealing(struct act *act, struct store_tx *tx, struct opinion_case *c)
{
    enum status status = act_seal_keep(act, tx, c);
    return status == STATUS_OK ? store_ticket_forget(tx, act->unit, c->opinion->id) : status;
}

/// What becomes of a matter once it is sealed is told without its number: the custodians' desk
/// looks itself.
static void case_happened(struct act *act, const struct opinion_case *c, const char *action,
                          const struct opinion *before)
{
    const struct opinion *o = c->opinion;
    if (o->visibility == VISIBILITY_SEALED && before->visibility == VISIBILITY_SEALED)
        act_happened(act, o->dialogue, 0, "sealed", false, c->dialogue->version);
    else
        act_happened(act, o->dialogue, o->id, c->event != NULL ? c->event : action,
                     opinion_is_public(o) || opinion_is_public(before), o->version);
}

enum status act_write_case(struct act *act, struct store_tx *tx, struct opinion_case *c,
                           const char *action, const struct opinion *before)
{
    struct opinion *o = c->opinion;
    bool sealed = o->visibility == VISIBILITY_SEALED || before->visibility == VISIBILITY_SEALED;
    enum chain chain = sealed ? CHAIN_SEALED : CHAIN_MAIN;
    int64_t next = (sealed ? act->head.sealed_entry : act->head.entry) + 1;
    enum status status = c->seal ? forget_at_sealing(act, tx, c) : STATUS_OK;
    if (status != STATUS_OK) return status;
    o->version++;
    for (int i = 0; i < c->item_count; i++) {
        if (!c->items[i].added) continue;
        c->items[i].entry = next;
        random_fill(c->items[i].salt, SALT_BYTES);
        if (sealed) c->items[i].at_ms = instant_at(c->today, 0, 0);
    }
    random_fill(o->salt, SALT_BYTES);
    char number[OPINION_NUMBER_TEXT];
    struct entry entry = {
        .role = c->acting,
        .action = action,
        .subject = arena_printf(&act->scratch, "opinion %s", opinion_number_format(o->id, number)),
        .from_state = (int)before->state,
        .to_state = (int)o->state,
        .version = o->version};
    opinion_digest(o, c->items, c->item_count, entry.digest);
    status = store_links_digest(store_tx_sql(tx), act->unit, o->id, entry.digest);
    if (status == STATUS_OK) status = act_register(act, tx, chain, &entry);
    if (status == STATUS_OK) status = store_opinion_update(tx, act->unit, o);
    if (status == STATUS_OK)
        status = store_opinion_items_write(tx, act->unit, o->id, c->items, c->item_count);
    if (status == STATUS_OK && c->index_changed) status = act_index(act, tx, o);
    if (status == STATUS_OK) status = act_tell(act, tx, c, action, before);
    c->entry = entry.entry;
    case_happened(act, c, action, before);
    const bool hidden = opinion_is_public(before) && !opinion_is_public(o);
    const bool redacted = strcmp(action, opinion_rules[ACT_REDACT].code) == 0;
    if ((c->seal || hidden || redacted) && act->happening_count > 0)
        act->happenings[act->happening_count - 1].forget = true;
    return status == STATUS_OK ? leave_view(act, tx, c, before) : status;
}

enum status act_write_dialogue(struct act *act, struct store_tx *tx, struct dialogue *d,
                               const char *action, enum dialogue_state from, enum role role)
{
    d->version++;
    struct entry entry = {.role = role,
                          .action = action,
                          .subject = arena_printf(&act->scratch, "dialogue %lld", (long long)d->id),
                          .from_state = (int)from,
                          .to_state = (int)d->state,
                          .version = d->version};
    dialogue_digest(d, entry.digest);
    enum status status = act_register(act, tx, CHAIN_MAIN, &entry);
    if (status == STATUS_OK) status = store_dialogue_update(tx, act->unit, d);
    act->answer.entry = entry.entry;
    act_happened(act, d->id, 0, action, true, d->version);
    return status;
}
