// SPDX-License-Identifier: AGPL-3.0-or-later
// A small HTML tokenizer: it knows at every byte of a template where in the page that byte stands,
// so that each slot gets the escaping of its place. It never guesses: a place it can't vouch for is
// an error.
#ifndef HTMLC_HTML_H
#define HTMLC_HTML_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum html_state {
    HTML_TEXT,
    HTML_TAG_NAME,
    HTML_END_TAG_NAME,
    HTML_BEFORE_ATTR,
    HTML_ATTR_NAME,
    HTML_AFTER_ATTR_NAME,
    HTML_BEFORE_VALUE,
    HTML_VALUE_DOUBLE,
    HTML_VALUE_SINGLE,
    HTML_VALUE_BARE,
    HTML_COMMENT,
    HTML_DECLARATION, // <!doctype html>
    HTML_RCDATA,      // inside title or textarea
    HTML_RAW,         // inside script, style and the other elements without escapes
};

/// What a slot may be, decided by where it stands.
enum html_place {
    PLACE_TEXT,
    PLACE_RCDATA,
    PLACE_ATTR,
    PLACE_CLASS,
    PLACE_URL,      // the beginning of a URL: checked against the allowed schemes
    PLACE_URL_OWN,  // a URL that loads code or frames: struct url only
    PLACE_URL_PART, // behind a literal beginning: percent-encoded
    PLACE_NUMBER,
    PLACE_SVG, // path data, view boxes, colours: a small alphabet
    PLACE_REFUSED,
};

enum html_kind {
    KIND_PLAIN,
    KIND_CLASS,
    KIND_URL,
    KIND_NUMBER,
    KIND_SVG,
    KIND_REFUSED,
    KIND_BANNED
};

enum html_url {
    URL_EMPTY, // nothing written yet
    URL_HEAD,  // only literal bytes so far, kept in `head`
    URL_OPEN,  // began with a slot; a scheme could still form
    URL_TAIL,  // past the first / ? or #, or past a checked head
};

enum { HTML_NAME = 40, HTML_HEAD = 64, HTML_WHY = 240 };

struct html {
    enum html_state state;
    char tag[HTML_NAME];  // element of the tag we are in, or of the RCDATA or raw text
    char attr[HTML_NAME]; // attribute whose name or value we are in
    enum html_kind kind;
    enum html_url url;
    char head[HTML_HEAD];
    size_t head_len;
    int pre_depth;
    int dashes; // in a comment: how many '-' just went by
    bool space; // the last byte written was white space, so that more of it may be dropped
    bool gap;   // a control tag cut the tag in two: the next attribute needs a space before it
};

/// Feeds one literal; what is to be written goes to `out` (white space in text collapsed). False
/// with a sentence in `why` and, in *ret_used, how many bytes were fine.
bool html_feed(struct html *html, const char *text, size_t len, struct buf *out, char why[HTML_WHY],
               size_t *ret_used);

/// The place of a slot here. PLACE_REFUSED comes with a sentence. The state moves past the slot.
enum html_place html_slot(struct html *html, char why[HTML_WHY]);

/// Brings the state to rest at a control tag ({% if %} and the like); false where none may stand.
bool html_settle(struct html *html, char why[HTML_WHY]);

/// Whether two settled states may meet behind a branch; *into then takes what holds for both.
bool html_join(struct html *into, const struct html *other);

/// "inside the value of attribute href" and so on, for error sentences.
void html_describe(const struct html *html, char out[HTML_WHY]);

#endif
