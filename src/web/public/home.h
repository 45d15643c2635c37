// SPDX-License-Identifier: AGPL-3.0-or-later
// The ward's front page and a dialogue's page: what everybody reads first. Built for the public
// alone, whoever asks: only the frame differs.
#ifndef WEB_PUBLIC_HOME_H
#define WEB_PUBLIC_HOME_H

#include "store/dialogue.h"
#include "web/page_common.h"

/// Public figures of one dialogue or of several: only what the public may see is counted.
struct figures {
    int64_t all, answered, owed, referred, overdue;
};
/// Adds those of one dialogue.
MUST_USE enum status figures_add(struct sql *sql, int64_t unit, int64_t dialogue, int32_t today,
                                 struct arena *arena, struct figures *figures);

/// What is needed to build a public page: no visitor.
struct publication {
    struct sql *sql;
    struct arena *arena;
    const struct unit_facts *facts;
    int64_t unit, now_ms;
    enum lang lang;
};

struct dialogue_card {
    const struct dialogue *d;
    struct tag_view tag;
    const char *path, *send_path, *list_path;
    enum intake intake;
    bool may_send;
};

struct home_view {
    const struct dialogue_card *now, *past;
    size_t now_count, past_count;
    struct figures figures;
    const char *ward;
};

struct published_document {
    const char *name, *path; // path without ending
};

struct dialogue_view {
    struct dialogue_card card;
    const char *chair, *secretary; // NULL not appointed
    const struct agenda_item *agenda;
    size_t agenda_count;
    const struct published_document *documents;
    size_t document_count;
    struct figures figures;
    struct opinion_view *latest;
    size_t latest_count;
    const char *contact, *plan; // "66/KH-UBND", NULL before issue
    const char *intake_text;
};

/// The whole page into t->out; the frame is given by the caller (title and events are set here).
MUST_USE enum status home_write(const struct publication *p, struct tpl *t, struct page *page);
/// NOT_FOUND also when the public may not see it.
MUST_USE enum status dialogue_write(const struct publication *p, int64_t id, struct tpl *t,
                                    struct page *page);

/// The next instant after now at which a page about it reads otherwise without anything happening.
int64_t dialogue_turns_ms(const struct dialogue *d, int64_t now_ms);

/// The stream a public page follows, from now on: asked for before the page is read, so that
/// nothing in between is lost.
const char *public_events_path(struct arena *arena, const struct visit *v, int64_t dialogue);

/// The card of one dialogue, as lists show it.
struct dialogue_card dialogue_card_of(struct arena *arena, enum lang lang, const struct dialogue *d,
                                      int64_t now_ms);
/// Whether opinions are taken now, and from or until when, in one sentence.
const char *intake_sentence(struct arena *arena, enum lang lang, const struct dialogue *d,
                            int64_t now_ms);

#endif
