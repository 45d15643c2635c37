// SPDX-License-Identifier: AGPL-3.0-or-later
// First the chains alone, entry by entry; then each subject's entries against what stands in the
// tables; then the invariants.
#include "actions/verify.h"

#include <string.h>

#include "actions/attendance.h"
#include "actions/reports.h"
#include "actions/verify_hall.h"
#include "actions/verify_invariants.h"
#include "actions/verify_watch.h"
#include "store/dialogue.h"
#include "store/hall.h"
#include "store/issued.h"
#include "store/opinion.h"
#include "store/opinion_list.h"
#include "store/register.h"

/// What the register last said of a subject.
struct subject {
    const char *name;
    int64_t version, entry; // the highest, and its entry
    int64_t last[2], count; // highest in each chain; how many in both
    int chain_state[2];     // state after it, in each chain
    int64_t classified;     // last entry that may have changed whom it names, in the main chain
    int64_t gap_entry;      // first main entry that follows a version of the sealed chain
    int state;
    bool sealed, seen; // seen: its row was found
    bool withheld;     // an issued document that the sealed chain says is kept back
    unsigned char digest[DIGEST_BYTES];
};

struct walk {
    struct arena arena;
    struct app *app;
    struct sql *sql;
    int64_t unit;
    struct verify_report *report;
    struct subject *slots; // open addressing, a power of two
    size_t slot_count, used;
    struct unit_head head;
    int64_t anchor, anchored; // the last anchor's entry, and up to where it holds the sealed chain
    int32_t today;
    const struct unit_facts *facts;
    struct overseer_watch overseers;
    struct tally tally;
    int64_t last_opinion, missing; // the first number that should be there and is not
};

static uint64_t hash_of(const char *name)
{
    uint64_t h = 1469598103934665603u;
    for (; *name != 0; name++)
        h = (h ^ (unsigned char)*name) * 1099511628211u;
    return h;
}

static struct subject *slot_of(struct walk *w, const char *name)
{
    for (size_t i = hash_of(name) & (w->slot_count - 1);; i = (i + 1) & (w->slot_count - 1))
        if (w->slots[i].name == NULL || strcmp(w->slots[i].name, name) == 0) return &w->slots[i];
}

static struct subject *subject_of(struct walk *w, const char *name, bool make)
{
    struct subject *slot = slot_of(w, name);
    if (slot->name != NULL || !make) return slot->name == NULL ? NULL : slot;
    if (w->used * 2 >= w->slot_count) {
        struct subject *old = w->slots;
        size_t old_count = w->slot_count;
        w->slot_count *= 2;
        w->slots = arena_array(&w->arena, struct subject, w->slot_count);
        for (size_t i = 0; i < old_count; i++)
            if (old[i].name != NULL) *slot_of(w, old[i].name) = old[i];
        slot = slot_of(w, name);
    }
    slot->name = arena_strdup(&w->arena, name);
    slot->state = -1;
    w->used++;
    return slot;
}

/// Subjects whose rows are held against the register, version by version.
static bool is_tracked(const char *subject)
{
    static const char *const kinds[] = {"opinion ", "dialogue ", "invitee ",  "dispatch ",
                                        "text ",    "hall ",     "document ", "note ",
                                        "fact ",    "ticket "};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (strncmp(subject, kinds[i], strlen(kinds[i])) == 0) return true;
    return false;
}

/// "issued 12" in the sealed chain is about "document 12" of the main one.
static void note_withheld(struct walk *w, const struct entry *e)
{
    static const char prefix[] = "issued ";
    if (strcmp(e->action, "withhold") != 0 || strncmp(e->subject, prefix, strlen(prefix)) != 0)
        return;
    subject_of(w, arena_printf(&w->arena, "document %s", e->subject + strlen(prefix)), true)
        ->withheld = true;
}

/// An entry's own content against what the register said of the same subject before. A sealed
/// matter has versions in both chains: a gap here is filled there, which check_versions sees to.
static void check_story(struct walk *w, const struct entry *e, bool sealed)
{
    // Invariant 8: remarks, and the account's own password.
    bool own = strcmp(e->action, "remark") == 0 || strcmp(e->action, "own_password") == 0;
    if (e->role == ROLE_OVERSIGHT && !own)
        verify_broken(w->report, e->entry, sealed,
                      "mục %lld: bất biến 8: tài khoản giám sát đã thay đổi dữ liệu",
                      (long long)e->entry);
    if (!sealed) overseers_entry(&w->overseers, e);
    if (sealed) note_withheld(w, e);
    if (!is_tracked(e->subject)) return;
    struct subject *s = subject_of(w, e->subject, true);
    int64_t *last = &s->last[sealed];
    if (e->version <= *last)
        verify_broken(w->report, e->entry, sealed, "mục %lld: %s quay lại bản %lld",
                      (long long)e->entry, e->subject, (long long)e->version);
    bool next = *last > 0 && e->version == *last + 1;
    if (next && e->from_state != s->chain_state[sealed])
        verify_broken(w->report, e->entry, sealed, "mục %lld: %s không ở trạng thái mà mục này ghi",
                      (long long)e->entry, e->subject);
    // An opinion comes from nowhere; only what is taken in or split off has a first version.
    bool born = e->version == 1 && strncmp(e->subject, "opinion ", 8) == 0;
    if (born && e->from_state != -1)
        verify_broken(w->report, e->entry, sealed, "mục %lld: %s không ở trạng thái mà mục này ghi",
                      (long long)e->entry, e->subject);
    bool gap = !sealed && e->version != *last + 1;
    if (gap && s->gap_entry == 0) s->gap_entry = e->entry;
    if (!sealed && strcmp(e->action, "classify") == 0) s->classified = e->entry;
    *last = e->version;
    s->chain_state[sealed] = e->to_state;
    s->count++;
    if (e->version <= s->version) return;
    s->version = e->version;
    s->entry = e->entry;
    s->state = e->to_state;
    s->sealed = sealed;
    memcpy(s->digest, e->digest, DIGEST_BYTES);
}

/// Every version of every subject has its entry, in one chain or the other.
static void check_versions(struct walk *w)
{
    const struct subject *first = NULL;
    for (size_t i = 0; i < w->slot_count; i++) {
        const struct subject *s = &w->slots[i];
        if (s->name != NULL && s->count != s->version &&
            (first == NULL || s->gap_entry < first->gap_entry))
            first = s;
    }
    if (first == NULL) return;
    int64_t at = first->gap_entry != 0 ? first->gap_entry : first->entry;
    verify_broken(w->report, at, first->gap_entry == 0 && first->sealed,
                  "mục %lld: %s thiếu một bản trước đó", (long long)at, first->name);
}

struct chain_state {
    enum chain chain;
    int64_t last;
    unsigned char hash[DIGEST_BYTES];
};

static void check_link(struct walk *w, struct chain_state *c, const struct entry *e)
{
    bool sealed = c->chain == CHAIN_SEALED;
    unsigned char hash[DIGEST_BYTES];
    if (e->entry != c->last + 1)
        verify_broken(w->report, c->last + 1, sealed, "mục %lld: thiếu trong sổ",
                      (long long)c->last + 1);
    if (memcmp(e->previous, c->hash, DIGEST_BYTES) != 0)
        verify_broken(w->report, e->entry, sealed, "mục %lld: không nối với mục trước",
                      (long long)e->entry);
    register_hash(w->unit, e, hash);
    if (memcmp(hash, e->hash, DIGEST_BYTES) != 0)
        verify_broken(w->report, e->entry, sealed, "mục %lld: nội dung không khớp mã băm",
                      (long long)e->entry);
    if (sealed && e->at_ms != instant_at(instant_day(e->at_ms), 0, 0))
        verify_broken(w->report, e->entry, sealed, "mục %lld: sổ niêm phong chỉ được ghi đến ngày",
                      (long long)e->entry);
    c->last = e->entry;
    memcpy(c->hash, e->hash, DIGEST_BYTES);
}

/// The main chain holds the sealed chain's hash as it was: rewriting the sealed one shows.
static enum status check_anchor(struct walk *w, const struct entry *e)
{
    if (strcmp(e->action, "anchor") != 0) return STATUS_OK;
    ARENA arena = {0};
    struct entry_list at;
    struct register_page page = {CHAIN_SEALED, e->version - 1, 1};
    enum status status = store_register_list(w->sql, w->unit, page, &arena, &at);
    if (status != STATUS_OK) return status;
    bool holds = at.count == 1 && at.rows[0].entry == e->version &&
                 memcmp(at.rows[0].hash, e->digest, DIGEST_BYTES) == 0;
    if (!holds)
        verify_broken(w->report, e->entry, false, "mục %lld: không khớp với sổ niêm phong",
                      (long long)e->entry);
    w->anchor = e->entry;
    w->anchored = e->version;
    return STATUS_OK;
}

/// An anchor cut out of a chain made anew is missed by the head.
static void check_last_anchor(struct walk *w)
{
    if (w->anchored != w->head.sealed_anchor)
        verify_broken(w->report, w->anchor, false,
                      "mục %lld: sổ niêm phong được neo đến mục khác với đầu sổ",
                      (long long)w->anchor);
}

static enum status walk_chain(struct walk *w, enum chain chain, int64_t *ret_count)
{
    struct chain_state c = {.chain = chain};
    int64_t head_last = chain == CHAIN_MAIN ? w->head.entry : w->head.sealed_entry;
    const unsigned char *head_hash = chain == CHAIN_MAIN ? w->head.hash : w->head.sealed_hash;
    for (bool more = true; more && w->report->sound;) {
        ARENA arena = {0};
        struct entry_list list;
        enum status status = store_register_list(
            w->sql, w->unit, (struct register_page){chain, c.last, 1000}, &arena, &list);
        if (status != STATUS_OK) return status;
        for (int i = 0; i < list.count && w->report->sound; i++) {
            check_link(w, &c, &list.rows[i]);
            check_story(w, &list.rows[i], chain == CHAIN_SEALED);
            status = chain == CHAIN_MAIN ? check_anchor(w, &list.rows[i]) : STATUS_OK;
            if (status != STATUS_OK) return status;
        }
        more = list.count == 1000;
    }
    bool ends = c.last == head_last && memcmp(c.hash, head_hash, DIGEST_BYTES) == 0;
    if (!ends) {
        int64_t at = c.last > head_last ? head_last + 1 : c.last + (c.last < head_last);
        verify_broken(w->report, at, chain == CHAIN_SEALED,
                      "mục %lld: sổ kết thúc khác với đầu sổ (%lld mục)", (long long)at,
                      (long long)head_last);
    }
    *ret_count = c.last;
    return STATUS_OK;
}

static bool same_as_register(struct walk *w, const char *name, int64_t version, int state,
                             const unsigned char *digest)
{
    struct subject *s = subject_of(w, name, false);
    if (s == NULL) {
        verify_broken(w->report, 0, false, "%s không có mục nào trong sổ", name);
        return false;
    }
    s->seen = true;
    bool same =
        s->version == version && s->state == state && memcmp(s->digest, digest, DIGEST_BYTES) == 0;
    if (!same)
        verify_broken(w->report, s->entry, s->sealed, "mục %lld: %s hiện không như sổ đã ghi",
                      (long long)s->entry, name);
    return same;
}

static enum status check_opinion(struct walk *w, struct opinion *o, struct arena *arena)
{
    struct opinion_items items;
    enum status status = store_opinion_items(w->sql, w->unit, o->id, arena, &items);
    if (status != STATUS_OK) return status;
    unsigned char digest[DIGEST_BYTES];
    char number[OPINION_NUMBER_TEXT];
    opinion_digest(o, items.list, items.count, digest);
    status = store_links_digest(w->sql, w->unit, o->id, digest);
    if (status != STATUS_OK) return status;
    const char *name = arena_printf(arena, "opinion %s", opinion_number_format(o->id, number));
    if (!same_as_register(w, name, o->version, (int)o->state, digest)) return STATUS_OK;
    tally_add(&w->tally, &w->arena, o, w->today);
    struct dialogue d;
    status = store_dialogue_load(w->sql, w->unit, o->dialogue, arena, &d);
    if (status == STATUS_NOT_FOUND) return STATUS_OK; // invariant 7 names it
    if (status != STATUS_OK) return status;
    bool indexed = false;
    status = store_opinion_is_indexed(w->sql, w->unit, o->id, &indexed);
    if (status != STATUS_OK) return status;
    struct invariant_view view = {.opinion = o,
                                  .items = items.list,
                                  .count = items.count,
                                  .dialogue = &d,
                                  .calendar = &w->facts->calendar,
                                  .people = &w->facts->people,
                                  .named_since = subject_of(w, name, false)->classified,
                                  .indexed = indexed};
    const char *broken = invariant_broken(&view);
    if (broken == NULL && o->visibility == VISIBILITY_SEALED)
        status = invariant_10_elsewhere(w->sql, w->unit, &view, arena, &broken);
    if (status != STATUS_OK) return status;
    const struct subject *s = subject_of(w, name, false);
    if (broken != NULL)
        verify_broken(w->report, s->entry, s->sealed, "mục %lld: %s: %s", (long long)s->entry, name,
                      broken);
    return STATUS_OK;
}

/// Numbers of a year follow each other without a hole (invariant 1).
static void note_number(struct walk *w, int64_t id)
{
    int64_t first = id - id % OPINION_PER_YEAR + 1;
    int64_t expected = w->last_opinion + 1 < first ? first : w->last_opinion + 1;
    if (id != expected && w->missing == 0) w->missing = expected;
    w->last_opinion = id;
}

/// One taken away together with its entries, in a chain made anew, leaves this trace.
static void check_numbers(struct walk *w)
{
    char number[OPINION_NUMBER_TEXT];
    if (w->missing == 0 && w->last_opinion < w->head.opinion) w->missing = w->last_opinion + 1;
    if (w->missing != 0)
        verify_broken(w->report, 0, false, "ý kiến %s đã mất cùng mọi mục về ý kiến đó",
                      opinion_number_format(w->missing, number));
    else if (w->last_opinion != w->head.opinion)
        verify_broken(w->report, 0, false, "số ý kiến cuối cùng khác với đầu sổ");
}

static enum status walk_opinions(struct walk *w)
{
    struct opinion_filter filter = {.state = -1, .field = -1, .khom = -1};
    for (bool more = true; more && w->report->sound;) {
        ARENA arena = {0};
        struct opinion_rows rows;
        enum status status = store_opinion_list(w->sql, w->unit, &filter, &arena, &rows);
        for (int i = 0; status == STATUS_OK && i < rows.count && w->report->sound; i++) {
            filter.after = rows.rows[i].id;
            status = check_opinion(w, &rows.rows[i], &arena);
            note_number(w, filter.after);
            w->report->opinions++;
        }
        if (status != STATUS_OK) return status;
        more = rows.more;
    }
    return STATUS_OK;
}

/// Who was invited and came, what was handed over, what the office wrote: each as its last entry
/// says.
static enum status verify_lists(struct walk *w, int64_t dialogue, struct arena *arena)
{
    struct invitee_list invitees;
    struct dispatch_list sent;
    struct dialogue_texts texts;
    long long of = (long long)dialogue;
    unsigned char digest[DIGEST_BYTES];
    enum status status = store_invitees(w->sql, w->unit, dialogue, arena, &invitees);
    for (int i = 0; status == STATUS_OK && i < invitees.count; i++) {
        const struct invitee *row = &invitees.rows[i];
        invitee_digest(dialogue, row, digest);
        same_as_register(w, arena_printf(arena, "invitee %lld-%lld", of, (long long)row->id),
                         row->version, -1, digest);
    }
    if (status == STATUS_OK) status = store_dispatches(w->sql, w->unit, dialogue, arena, &sent);
    for (int i = 0; status == STATUS_OK && i < sent.count; i++) {
        const struct dispatch *row = &sent.rows[i];
        dispatch_digest(dialogue, row, digest);
        same_as_register(w, arena_printf(arena, "dispatch %lld-%lld", of, (long long)row->id),
                         row->version, -1, digest);
    }
    if (status == STATUS_OK)
        status = store_dialogue_texts(w->sql, w->unit, dialogue, arena, &texts);
    for (int i = 0; status == STATUS_OK && i < PAPER_TEXT_COUNT; i++) {
        if (texts.at[i].version == 0) continue;
        dialogue_text_digest(dialogue, (enum paper_text)i, &texts.at[i], digest);
        same_as_register(w, arena_printf(arena, "text %lld-%s", of, paper_text_codes[i]),
                         texts.at[i].version, -1, digest);
    }
    return status;
}

/// Notes, facts and tickets: as the last entry about each says.
static enum status check_hall_rows(struct walk *w, int64_t dialogue, struct arena *arena)
{
    struct hall_rows list;
    enum status status = verify_hall_rows(w->sql, w->unit, dialogue, arena, &list);
    for (int i = 0; status == STATUS_OK && i < list.count; i++) {
        const struct hall_row *row = &list.rows[i];
        const struct subject *s = subject_of(w, row->subject, false);
        if (s == NULL && row->typing) continue;
        same_as_register(w, row->subject, s != NULL ? s->version : 0, -1, row->digest);
    }
    return status;
}

/// Turns and time of the floor: as the last act left them.
static enum status check_hall(struct walk *w, const struct dialogue *d, struct arena *arena)
{
    struct hall_seen hall;
    enum status status = verify_hall(w->sql, w->unit, d, arena, &hall);
    if (status != STATUS_OK || hall.version == 0) return status;
    const char *name = arena_printf(arena, "hall %lld", (long long)d->id);
    if (!same_as_register(w, name, hall.version, -1, hall.digest) || hall.broken == NULL)
        return STATUS_OK;
    const struct subject *s = subject_of(w, name, false);
    verify_broken(w->report, s->entry, s->sealed, "mục %lld: %s: %s", (long long)s->entry, name,
                  hall.broken);
    return STATUS_OK;
}

static enum status walk_dialogues(struct walk *w)
{
    int64_t after = 0;
    for (bool more = true; more && w->report->sound;) {
        ARENA arena = {0};
        struct dialogue_list list;
        enum status status = store_dialogue_list(w->sql, w->unit, after, 100, &arena, &list);
        if (status != STATUS_OK) return status;
        for (int i = 0; i < list.count && w->report->sound; i++) {
            unsigned char digest[DIGEST_BYTES];
            const struct dialogue *d = &list.rows[i];
            after = d->id;
            dialogue_digest(d, digest);
            same_as_register(w, arena_printf(&arena, "dialogue %lld", (long long)d->id), d->version,
                             (int)d->state, digest);
            w->report->dialogues++;
            status = verify_lists(w, d->id, &arena);
            if (status == STATUS_OK) status = check_hall(w, d, &arena);
            if (status == STATUS_OK) status = check_hall_rows(w, d->id, &arena);
            if (status != STATUS_OK) return status;
        }
        more = list.count == 100;
    }
    return STATUS_OK;
}

/// Own numbers of a series follow each other; what is between two was the e-office's (R1).
static bool follows(const struct issued_list *all, int at)
{
    const struct issued *row = &all->rows[at];
    int64_t last = 0;
    for (int i = 0; i < at; i++) {
        const struct issued *r = &all->rows[i];
        bool same = r->year == row->year && strcmp(r->series, row->series) == 0;
        if (same && r->ordinal > last) last = r->ordinal;
    }
    for (int64_t n = last + 1; last > 0 && n < row->ordinal; n++) {
        char text[24];
        bool taken = false;
        snprintf(text, sizeof text, "%02lld", (long long)n);
        for (int i = 0; i < at; i++)
            taken = taken || (all->rows[i].year == row->year && all->rows[i].external &&
                              strcmp(all->rows[i].series, row->series) == 0 &&
                              strcmp(all->rows[i].number, text) == 0);
        if (!taken) return false;
    }
    return row->ordinal > last;
}

/// Issued documents: row and bytes as their entry says (invariant 11), numbers without a hole.
static enum status walk_issued(struct walk *w)
{
    enum { MOST = 100000 };
    struct issued_list all;
    int64_t last = 0;
    enum status status = store_issued_last(w->sql, w->unit, &last);
    const struct issued_filter filter = {.limit = last < MOST ? (int)last + 1 : MOST};
    if (status == STATUS_OK) status = store_issued_list(w->sql, w->unit, &filter, &w->arena, &all);
    for (int i = 0; status == STATUS_OK && i < all.count && w->report->sound; i++) {
        unsigned char digest[DIGEST_BYTES];
        const struct issued *row = &all.rows[i];
        const char *name = arena_printf(&w->arena, "document %lld", (long long)row->id);
        status = store_issued_digest(w->sql, w->unit, row, digest);
        if (status != STATUS_OK || !same_as_register(w, name, 1, -1, digest)) continue;
        if (row->withheld != subject_of(w, name, false)->withheld)
            verify_broken(w->report, subject_of(w, name, false)->entry, false,
                          "mục %lld: bất biến 11: %s bị giữ lại hoặc đưa ra không theo sổ",
                          (long long)subject_of(w, name, false)->entry, name);
        if (!row->external && !follows(&all, i))
            verify_broken(w->report, subject_of(w, name, false)->entry, false,
                          "mục %lld: số %s/%s không nối tiếp trong sổ văn bản đi",
                          (long long)subject_of(w, name, false)->entry, row->number, row->symbol);
    }
    return status;
}

static void check_all_seen(struct walk *w)
{
    const struct subject *first = NULL; // invariant 1: what the register knows is still there
    for (size_t i = 0; i < w->slot_count; i++) {
        const struct subject *s = &w->slots[i];
        if (s->name != NULL && !s->seen && (first == NULL || s->entry < first->entry)) first = s;
    }
    if (first != NULL)
        verify_broken(w->report, first->entry, first->sealed, "mục %lld: %s đã mất",
                      (long long)first->entry, first->name);
}

enum status verify_unit(struct app *app, struct sql *sql, int64_t unit,
                        struct verify_report *ret_report)
{
    *ret_report = (struct verify_report){.sound = true};
    struct walk w = {
        .app = app, .sql = sql, .unit = unit, .report = ret_report, .slot_count = 1024};
    w.slots = arena_array(&w.arena, struct subject, w.slot_count);
    w.today = instant_day(clock_now_ms(&app->clock));
    enum status status = store_head_read(sql, unit, &w.head);
    if (status == STATUS_OK) status = app_facts(app, sql, unit, w.head.config, &w.facts);
    if (status == STATUS_OK) overseers_begin(&w.overseers, &w.facts->people, &w.arena);
    // The sealed chain first: what is wrong in it is named there, not at its anchor.
    if (status == STATUS_OK) status = walk_chain(&w, CHAIN_SEALED, &ret_report->sealed_entries);
    if (status == STATUS_OK && ret_report->sound)
        status = walk_chain(&w, CHAIN_MAIN, &ret_report->entries);
    if (status == STATUS_OK) overseers_end(&w.overseers, ret_report);
    if (status == STATUS_OK && ret_report->sound) check_last_anchor(&w);
    if (status == STATUS_OK && ret_report->sound) check_versions(&w);
    if (status == STATUS_OK && ret_report->sound) status = walk_dialogues(&w);
    if (status == STATUS_OK && ret_report->sound) status = walk_issued(&w);
    if (status == STATUS_OK && ret_report->sound) status = walk_opinions(&w);
    if (status == STATUS_OK && ret_report->sound)
        status = tally_check(&w.tally, sql, unit, w.today, ret_report);
    if (status == STATUS_OK && ret_report->sound) check_all_seen(&w);
    if (status == STATUS_OK && ret_report->sound) check_numbers(&w);
    if (status == STATUS_OK && ret_report->sound) status = verify_links(sql, unit, ret_report);
    arena_done(&w.arena);
    return status;
}
