// SPDX-License-Identifier: AGPL-3.0-or-later
// What the phones hear: each event of each stream, whether one is missing or came twice, and how
// long a change took until the last phone knew it. Blocks are looked at where they lie; it must
// cost little beside the server, which has the same cores.
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "cli/simulate.h"

enum { NUMBERS_MAX = 1 << 20 };

static struct sim_change *change_of(struct sim_changes *changes, int64_t number)
{
    if (number < 0 || number >= NUMBERS_MAX) return NULL;
    while ((size_t)number >= changes->room) {
        size_t room = changes->room == 0 ? 1024 : changes->room * 2;
        changes->list = realloc(changes->list, room * sizeof(*changes->list));
        ensure(changes->list != NULL);
        memset(changes->list + changes->room, 0, (room - changes->room) * sizeof(*changes->list));
        changes->room = room;
    }
    return &changes->list[number];
}

void sim_changed(struct sim_changes *changes, int64_t number, int64_t at_ms)
{
    struct sim_change *change = change_of(changes, number);
    if (change != NULL) change->at_ms = at_ms;
}

int64_t sim_number(const char *number)
{
    const char *dash = strchr(number, '-');
    return dash == NULL ? -1 : strtoll(dash + 1, NULL, 10);
}

static void heard(struct sim_changes *changes, int64_t number, int64_t now_ms)
{
    struct sim_change *change = change_of(changes, number);
    if (change != NULL) change->last_ms = now_ms;
}

/// What follows `mark` in the block, NULL when it is not there.
static const char *after(const char *block, size_t len, const char *mark)
{
    const char *found = memmem(block, len, mark, strlen(mark));
    return found == NULL ? NULL : found + strlen(mark);
}

/// Queue and clock bring the whole hall: whoever hears of a version knows all before it.
static void hall_heard(struct sim_player *p, const char *block, size_t len, int64_t now_ms)
{
    size_t tail = len < 40 ? len : 40;
    const char *version = after(block + len - tail, tail, "\"version\":");
    if (version == NULL) return;
    for (int64_t newest = strtoll(version, NULL, 10); p->heard < newest;)
        heard(&p->sim->acts, ++p->heard, now_ms);
}

static void opinion_heard(struct sim_player *p, const char *block, size_t len, int64_t now_ms)
{
    size_t head = len < 160 ? len : 160;
    const char *subject = after(block, head, "\"subject\":\"");
    if (subject == NULL || after(block, head, "\"what\":\"relayed\"") == NULL) return;
    heard(&p->sim->relays, sim_number(subject), now_ms);
    if (p->sim->audience) // whom a real secretary relays, the phones know from their stream alone
        snprintf(p->sim->relayed, sizeof(p->sim->relayed), "%.*s", (int)strcspn(subject, "\""),
                 subject);
}

static void block_heard(struct sim_player *p, const char *block, size_t len, int64_t now_ms)
{
    ensure(block != NULL);
    if (len < 4 || memcmp(block, "id: ", 4) != 0) return; // a comment or how long to wait
    uint64_t id = strtoull(block + 4, NULL, 10);
    const char *event = after(block, len < 64 ? len : 64, "event: ");
    if (event == NULL) return;
    if (memcmp(event, "reset", 5) == 0) {
        p->sim->resets++;
        p->heard = p->sim->newest;
    } else if (p->last_id != 0) {
        if (id <= p->last_id)
            p->sim->doubled++;
        else
            p->sim->missed += (long)(id - p->last_id - 1);
    }
    p->last_id = id;
    if (memcmp(event, "opinion", 7) == 0)
        opinion_heard(p, block, len, now_ms);
    else if (memcmp(event, "queue", 5) == 0 || memcmp(event, "clock", 5) == 0)
        hall_heard(p, block, len, now_ms);
}

void sim_event(struct sim_player *p, const char *bytes, size_t len)
{
    size_t searched = p->in.len > 0 ? p->in.len - 1 : 0;
    buf_put(&p->in, bytes, len);
    const char *text = buf_text(&p->in), *end = text + p->in.len, *stop;
    int64_t now_ms = monotonic_ms();
    for (const char *from = text + searched;
         (stop = memmem(from, (size_t)(end - from), "\n\n", 2)) != NULL; from = text) {
        block_heard(p, text, (size_t)(stop - text), now_ms);
        text = stop + 2;
    }
    if (text == buf_text(&p->in)) return;
    char tail[16384];
    size_t rest = (size_t)(end - text);
    bool small = rest <= sizeof(tail);
    char *kept = small ? tail : malloc(rest);
    ensure(kept != NULL);
    memcpy(kept, text, rest);
    buf_clear(&p->in);
    buf_put(&p->in, kept, rest);
    if (!small) free(kept);
}
