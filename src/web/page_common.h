// SPDX-License-Identifier: AGPL-3.0-or-later
// What every page begins with and what all areas show alike: the frame filled from the visit, the
// message of what was just done, one opinion in short, choices from a set of values, a refusal in
// words. Decides nothing: who may see what is asked of domain/.
#ifndef WEB_PAGE_COMMON_H
#define WEB_PAGE_COMMON_H

#include "domain/opinion.h"
#include "web/layout/page.h"
#include "web/layout/parts.h"
#include "web/tpl.h"
#include "web/web.h"

/// Fills the template context (writes into the response) and the frame. Reads and clears the
/// message cookie. `title` is already in the visitor's language.
void page_begin(struct http_exchange *x, struct tpl *t, struct page *page, const char *title);

/// The same without a visitor: for pages rendered once for all (no session, no message, no token).
/// `t` is filled by the caller. Everything is in the arena or in facts.
void page_begin_public(struct arena *arena, const struct unit_facts *facts, bool demo,
                       const struct tpl *t, struct page *page);

enum lang visit_lang(const struct visit *v);

/// Says after the next redirect what was done: a word of the table in page_common.c ("saved",
/// "signed_out", ...), or "opinion.relay" / "dialogue.open" for the label of an action.
void page_flash(struct http_exchange *x, const char *word);

/// The sentence of a flash word, NULL for an unknown one. For tests and for pages that show it
/// without a redirect.
const char *flash_text(struct arena *arena, enum lang lang, const char *word);

/// value_label in the visitor's language.
const char *label_of(enum lang lang, const struct value_set *set, int value);
/// The same with a capital first letter, for headings and options.
const char *title_of(struct arena *arena, enum lang lang, const struct value_set *set, int value);

/// "Khóm 3" from the unit's table; NULL when none or unknown.
const char *khom_name(const struct unit_facts *facts, int khom);
/// A setting's text, "" when there is none.
const char *unit_setting(const struct unit_facts *facts, const char *name);
/// Who is meant by a user name, for people: title, else name; a body's name as it is.
const char *person_shown(const struct people *people, const char *username);

/// An opinion as any list shows it; texts in the case's arena.
struct opinion_view {
    int64_t id, version;
    char number[OPINION_NUMBER_TEXT];
    const char *path; // "/y-kien/2024-0007"
    enum opinion_state state;
    enum visibility visibility;
    struct tag_view tag;
    const char *kind, *field, *channel; // labels, with a capital letter
    const char *khom;                   // "Khóm 3", NULL none
    const char *author;                 // name or initials as this visitor may read it; never NULL
    const char *content;                // the whole text
    const char *excerpt;                // its first EXCERPT_CHARS characters
    const char *responsible;            // NULL nobody owes it
    int32_t due_legal, due_safe, today; // DAY_NONE
    bool overdue, named_author;
    int round, support;
    int64_t created_ms; // cut to the day when sealed
};
enum { EXCERPT_CHARS = 180 };
/// The text itself when it is short enough, else its first words and "…".
const char *page_excerpt(struct arena *arena, const char *content, size_t chars);
struct opinion_view opinion_view_of(const struct opinion_case *c, const struct unit_facts *facts,
                                    enum lang lang);

/// One line per field of a set, the first for "not chosen" when `none` is not NULL.
struct choice_list {
    const struct choice *rows;
    size_t count;
};
struct choice_list choices_of(struct arena *arena, enum lang lang, const struct value_set *set,
                              const char *none);
struct choice_list choices_of_khoms(struct arena *arena, const struct unit_facts *facts,
                                    const char *none);
/// Active accounts with one of the wanted roles (0: all): value user name, label "Name – title".
struct choice_list choices_of_people(struct arena *arena, const struct people *people,
                                     uint32_t wanted, const char *none);

/// Title of the refusal, and what to do now (its own detail, else the code's).
const char *refusal_title(enum lang lang, struct refusal refusal);
const char *refusal_advice(enum lang lang, struct refusal refusal);

/// A read of the store failed: logged, a 503 or (not found) 404 page.
enum http_next page_failed(struct http_exchange *x, enum status status);

#endif
