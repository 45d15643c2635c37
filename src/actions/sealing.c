// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a sealed opinion's words may stand outside its own rows, and how they leave.
#include "actions/sealing.h"

#include <string.h>

#include "base/day.h"
#include "documents/document.h"
#include "store/issued.h"
#include "store/opinion.h"
#include "store/sealing.h"

// ---- minutes

static void minutes_digest(const struct minutes *m, unsigned char digest[DIGEST_BYTES])
{
    struct digest d;
    digest_init(&d, NULL);
    digest_text(&d, m->generated);
    digest_text(&d, m->text);
    digest_done(&d, digest);
}

/// What is left of the minutes after the lines went, signed or not.
static const char *with_note(struct act *act, const char *text)
{
    struct civil c = day_civil(instant_day(act->now_ms));
    return arena_printf(&act->scratch,
                        "%s\n(Biên bản này đã được ký. Ngày %02d tháng %s%d năm %d, một nội dung "
                        "được rút khỏi bản này theo quy định về giữ bí mật; bản đã ký do người giữ "
                        "hồ sơ niêm phong lưu giữ.)",
                        text, c.day, c.month < 3 ? "0" : "", c.month, c.year);
}

/// A version of its own: the numbers go on, and nobody's name stands under what they did not write.
static enum status append_version(struct act *act, struct store_tx *tx,
                                  const struct opinion_case *c, struct minutes m)
{
    m.version++;
    m.edited_by = "";
    m.edited_ms = instant_at(instant_day(act->now_ms), 0, 0);
    if (c->dialogue->minutes_chair_ms != 0) m.text = with_note(act, m.text);
    struct entry entry = {
        .role = c->acting,
        .action = "minutes_seal",
        .subject = arena_printf(&act->scratch, "minutes %lld", (long long)c->dialogue->id),
        .from_state = -1,
        .to_state = -1,
        .version = m.version};
    minutes_digest(&m, entry.digest);
    enum status status = act_register(act, tx, CHAIN_SEALED, &entry);
    return status == STATUS_OK ? store_minutes_insert(tx, act->unit, c->dialogue->id, &m) : status;
}

/// The secretary signed another text than the one that is left.
static enum status take_signature_back(struct act *act, struct store_tx *tx, struct dialogue *d)
{
    if (d->minutes_secretary_ms == 0 || d->minutes_chair_ms != 0) return STATUS_OK;
    int64_t entry = act->answer.entry;
    d->minutes_secretary_ms = 0;
    enum status status = act_write_dialogue(act, tx, d, "minutes_edit", d->state, ROLE_SYSTEM);
    act->answer.entry = entry;
    return status;
}

static enum status seal_minutes(struct act *act, struct store_tx *tx, const struct opinion_case *c,
                                const struct sealed_words *words)
{
    struct minutes_list list;
    struct dialogue *d = c->dialogue;
    bool last_changed = false;
    enum status status =
        store_minutes_versions(store_tx_sql(tx), act->unit, d->id, &act->scratch, &list);
    for (int i = 0; status == STATUS_OK && i < list.count; i++) {
        int of_text = 0, of_draft = 0;
        struct minutes m = list.rows[i];
        bool last = i + 1 == list.count;
        m.text = sealed_words_strip(&act->scratch, words, m.text, &of_text);
        m.generated = sealed_words_strip(&act->scratch, words, m.generated, &of_draft);
        if (of_text + of_draft == 0) continue;
        bool was_signed = last && of_text > 0 && d->minutes_chair_ms != 0;
        if (was_signed)
            status = store_minutes_put_away(tx, act->unit, d->id, &list.rows[i],
                                            instant_day(act->now_ms));
        if (status == STATUS_OK) status = store_minutes_rewrite(tx, act->unit, d->id, &m);
        last_changed = last && of_text > 0;
        if (status == STATUS_OK && last_changed) status = append_version(act, tx, c, m);
    }
    if (status == STATUS_OK && last_changed) status = take_signature_back(act, tx, d);
    return status;
}

// ---- issued documents

/// About the opinion itself, or with its words somewhere in it.
static enum status holds(struct act *act, struct sql *sql, const struct issued *row,
                         const struct sealed_words *words, bool *ret_holds)
{
    struct issued_file text;
    enum status status = store_issued_file(sql, act->unit, row->id, DOC_TXT, &act->scratch, &text);
    if (status == STATUS_OK)
        *ret_holds = *ret_holds || sealed_words_in(words, arena_strndup(&act->scratch, text.bytes.p,
                                                                        text.bytes.len));
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status withhold(struct act *act, struct store_tx *tx, const struct issued *row)
{
    struct entry entry = {.role = ROLE_SYSTEM,
                          .action = "withhold",
                          .subject = arena_printf(&act->scratch, "issued %lld", (long long)row->id),
                          .from_state = -1,
                          .to_state = -1,
                          .version = 2};
    enum status status = store_issued_digest(store_tx_sql(tx), act->unit, row, entry.digest);
    if (status == STATUS_OK) status = store_issued_withhold(tx, act->unit, row->id);
    return status == STATUS_OK ? act_register(act, tx, CHAIN_SEALED, &entry) : status;
}

static enum status seal_issued(struct act *act, struct store_tx *tx, const struct opinion_case *c,
                               const struct sealed_words *words)
{
    enum { PAGE = 100 };
    struct sql *sql = store_tx_sql(tx);
    struct issued_filter filter = {.dialogue = c->dialogue->id, .limit = PAGE};
    enum status status = STATUS_OK;
    for (bool more = true; status == STATUS_OK && more;) {
        struct issued_list list = {0};
        status = store_issued_list(sql, act->unit, &filter, &act->scratch, &list);
        more = list.count == PAGE;
        for (int i = 0; status == STATUS_OK && i < list.count; i++) {
            const struct issued *row = &list.rows[i];
            bool found = row->opinion == c->opinion->id;
            filter.after = row->id;
            if (row->withheld) continue;
            status = holds(act, sql, row, words, &found);
            if (status == STATUS_OK && found) status = withhold(act, tx, row);
        }
    }
    return status;
}

// ---- the other parts of a split opinion

/// Each keeps the whole text as it was; that one goes to the sealed part's custodians alone.
static enum status clear_part(struct act *act, struct store_tx *tx, const struct opinion_case *c,
                              int64_t id)
{
    static const char KEPT[] = "(Nguyên văn trước khi tách được giữ trong hồ sơ niêm phong.)";
    struct sql *sql = store_tx_sql(tx);
    struct opinion part;
    struct opinion_case of;
    bool changed = false;
    enum status status = store_opinion_load(sql, act->unit, id, &act->scratch, &part);
    if (status == STATUS_OK) status = act_case(act, sql, c->dialogue, &part, &of);
    if (status != STATUS_OK || part.visibility == VISIBILITY_SEALED) return status;
    struct opinion before = part;
    struct sealed_words words;
    sealed_words_of(&act->scratch, c->opinion, NULL, 0, &words);
    for (int i = 0; i < of.item_count; i++) {
        struct opinion_item *item = &of.items[i];
        if (item->kind != ITEM_EDIT || !sealed_words_in(&words, item->text)) continue;
        item->text = KEPT;
        item->changed = changed = true;
    }
    of.acting = ROLE_SYSTEM;
    return changed ? act_write_case(act, tx, &of, "part_kept", &before) : STATUS_OK;
}

static enum status seal_parts(struct act *act, struct store_tx *tx, const struct opinion_case *c)
{
    struct id_list parts;
    int64_t whole = c->opinion->split_from != 0 ? c->opinion->split_from : c->opinion->id;
    enum status status = store_split_parts(store_tx_sql(tx), act->unit, c->dialogue->id, whole,
                                           &act->scratch, &parts);
    if (status == STATUS_OK && whole != c->opinion->id) status = clear_part(act, tx, c, whole);
    for (size_t i = 0; status == STATUS_OK && i < parts.count; i++)
        if (parts.ids[i] != c->opinion->id) status = clear_part(act, tx, c, parts.ids[i]);
    return status;
}

// ---- all of it

enum status act_seal(struct act *act, struct store_tx *tx, const struct opinion_case *c)
{
    struct sealed_words words;
    sealed_words_of(&act->scratch, c->opinion, c->items, c->item_count, &words);
    enum status status = act_seal_hall(act, tx, c, &words);
    if (status == STATUS_OK) status = seal_minutes(act, tx, c, &words);
    if (status == STATUS_OK) status = seal_issued(act, tx, c, &words);
    if (status == STATUS_OK) status = seal_parts(act, tx, c);
    store_tx_scrub(tx);
    return status;
}

enum status act_without_sealed(struct act *act, struct sql *sql, int64_t dialogue,
                               const char **text)
{
    struct id_list sealed;
    enum status status = store_sealed_opinions(sql, act->unit, dialogue, &act->scratch, &sealed);
    for (size_t i = 0; status == STATUS_OK && i < sealed.count; i++) {
        struct opinion o;
        struct opinion_items items;
        struct sealed_words words;
        int lines = 0;
        status = store_opinion_load(sql, act->unit, sealed.ids[i], &act->scratch, &o);
        if (status == STATUS_OK)
            status = store_opinion_items(sql, act->unit, o.id, &act->scratch, &items);
        if (status != STATUS_OK) break;
        sealed_words_of(&act->scratch, &o, items.list, items.count, &words);
        words.name_count = 0; // a name typed and gone would tell who denounced
        *text = sealed_words_strip(&act->scratch, &words, *text, &lines);
    }
    return status;
}

enum status act_register_reading(struct act *act, struct store_tx *tx, const char *of,
                                 int64_t version)
{
    struct entry entry = {.role = ROLE_CUSTODIAN,
                          .action = "read",
                          .subject = arena_printf(&act->scratch, "reading %s", of),
                          .from_state = -1,
                          .to_state = -1,
                          .version = version};
    struct digest d;
    digest_init(&d, NULL);
    digest_text(&d, act->actor.person->username);
    digest_text(&d, of);
    digest_done(&d, entry.digest);
    return act_register(act, tx, CHAIN_SEALED, &entry);
}
