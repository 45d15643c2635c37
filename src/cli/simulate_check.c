// SPDX-License-Identifier: AGPL-3.0-or-later
// The reckoning after the play: everything acknowledged is asked for again, nothing may be there
// twice, every phone heard everything once; then the figures. Judges what was lost, never how long
// it took.
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "cli/simulate.h"

/// An acknowledged opinion is there, readable by its receipt, with its own text and at least the
/// acknowledged version.
static bool is_found(struct sim_player *p, const struct sim_ack *ack)
{
    char line[80];
    bool by_receipt = ack->receipt[0] != 0;
    sim_request(p, "GET", by_receipt ? NULL : p->sim->secretary, NULL, "/api/v1/opinions/%s",
                ack->number);
    snprintf(line, sizeof(line), "Authorization: Receipt %s", ack->receipt);
    if (by_receipt) p->headers = curl_slist_append(p->headers, line);
    if (sim_fetch(p) != 200) return false;
    json_t *answer = json_loads(buf_text(&p->in), 0, NULL);
    const char *content = json_string_value(json_object_get(answer, "content"));
    bool same = content != NULL && (ack->key[0] == 0 || strstr(content, ack->key) != NULL);
    same = same && json_integer_value(json_object_get(answer, "version")) >= ack->version;
    json_decref(answer);
    return same;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/// Opinions whose text occurs more than once among all that the secretary sees.
static size_t count_doubled(struct sim_player *p)
{
    char after[64] = "";
    char **keys = NULL;
    size_t count = 0, room = 0, doubled = 0;
    for (bool more = true; more;) {
        sim_request(p, "GET", p->sim->secretary, NULL,
                    "/api/v1/dialogues/%lld/opinions?limit=200%s", (long long)p->sim->dialogue,
                    after);
        json_t *page = sim_fetch(p) == 200 ? json_loads(buf_text(&p->in), 0, NULL) : NULL, *item;
        size_t i;
        json_array_foreach(json_object_get(page, "items"), i, item)
        {
            const char *content = json_string_value(json_object_get(item, "content"));
            const char *key = content == NULL ? NULL : strrchr(content, '[');
            if (key == NULL) continue;
            if (count == room) {
                room = room == 0 ? 1024 : room * 2;
                keys = realloc(keys, room * sizeof(*keys));
                ensure(keys != NULL);
            }
            keys[count++] = strdup(key);
        }
        const char *next = json_string_value(json_object_get(page, "next"));
        more = next != NULL;
        if (more) snprintf(after, sizeof(after), "&after=%s", next);
        json_decref(page);
    }
    if (count > 0) qsort(keys, count, sizeof(*keys), by_text);
    for (size_t i = 1; i < count; i++)
        doubled += strcmp(keys[i], keys[i - 1]) == 0;
    for (size_t i = 0; i < count; i++)
        free(keys[i]);
    free(keys);
    return doubled;
}

static int by_ms(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_figures(const char *what, struct sim_figures *f)
{
    if (f->count == 0) return;
    qsort(f->ms, f->count, sizeof(*f->ms), by_ms);
    printf("%s: %zu, p50 %.0f ms, p99 %.0f ms, max %.0f ms\n", what, f->count, f->ms[f->count / 2],
           f->ms[(size_t)((double)f->count * 0.99)], f->ms[f->count - 1]);
}

// ---- what the phones heard

static void take_last_phones(struct sim *sim, const struct sim_changes *changes)
{
    for (size_t i = 0; i < changes->room; i++) {
        const struct sim_change *change = &changes->list[i];
        if (change->at_ms != 0 && change->last_ms != 0)
            sim_figure(&sim->last_phones, (double)(change->last_ms - change->at_ms));
    }
}

/// The play is over and quiet: whoever is behind the others lost what is between.
static void count_behind(struct sim *sim)
{
    uint64_t newest = 0;
    for (int i = 0; i < sim->player_count; i++)
        if (sim->players[i].last_id > newest) newest = sim->players[i].last_id;
    for (int i = 0; i < sim->player_count; i++)
        if (sim->players[i].last_id != 0) sim->missed += (long)(newest - sim->players[i].last_id);
}

int sim_reckon(struct sim *sim, struct sim_player *p)
{
    size_t found = 0;
    for (size_t i = 0; i < sim->ack_count; i++) {
        bool there = is_found(p, &sim->acks[i]);
        found += there;
        if (!there)
            fprintf(stderr, "lost: %s version %lld\n", sim->acks[i].number,
                    (long long)sim->acks[i].version);
    }
    // An audience sees no list with everything on it; each receipt still finds its own text.
    size_t doubled = sim->audience ? 0 : count_doubled(p);
    count_behind(sim);
    take_last_phones(sim, &sim->relays);
    take_last_phones(sim, &sim->acts);
    print_figures("writes", &sim->writes);
    print_figures("changes, until the last phone knew", &sim->last_phones);
    printf("events missed %ld, doubled %ld, begun anew %ld\n", sim->missed, sim->doubled,
           sim->resets);
    printf("joined %ld of %d, hands %ld, supports %ld, against the rules %ld\n", sim->joined,
           sim->people, sim->hands, sim->supports, sim->against_rules);
    printf("connections failed %ld, tried again %ld, slowed down %ld, refused %ld\n", sim->failures,
           sim->retries, sim->slowed, sim->refusals);
    if (doubled > 0) printf("doubled %zu\n", doubled);
    printf("acknowledged %zu, found %zu, lost %zu\n", sim->ack_count, found,
           sim->ack_count - found);
    return found == sim->ack_count && doubled == 0 ? CLI_DONE : CLI_REFUSED;
}
