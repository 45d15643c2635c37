// SPDX-License-Identifier: AGPL-3.0-or-later
// What the frame around every page shows. Filled by the guard; a page sets title, here and look.
// Texts outlive the call; NULL hides a part.
#ifndef WEB_LAYOUT_PAGE_H
#define WEB_LAYOUT_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/tpl.h"

enum page_look {
    PAGE_NORMAL,
    PAGE_DESK,      // wide, for staff at work; keys may be switched off in the footer
    PAGE_HALL_DARK, // no header, no footer: the screen of the hall
    PAGE_HALL_LIGHT,
};

enum tone { TONE_PLAIN, TONE_BLUE, TONE_LIVE, TONE_OK, TONE_WARN, TONE_BAD, TONE_VIOLET };

struct nav_item {
    const char *path, *label;
    const char *icon; // a name of web/src/icons.txt, NULL none
    size_t count;     // shown when not 0: what waits there
};

struct page {
    const char *title; // of the page; "Gửi ý kiến"
    const char *ward;  // "UBND phường 1"; the ward's name
    const char *place; // "Thành phố Cà Mau, tỉnh Cà Mau" below it, NULL none
    const struct nav_item *nav;
    size_t nav_count;
    const char *here;      // path of the nav item this page belongs to
    const char *user_name; // NULL: nobody is signed in
    const char *user_role;
    const char *flash; // one message of what was just done
    enum tone flash_tone;
    const char *events;  // path of the event stream to follow, NULL none
    const char *contact; // of the office, for the footer
    bool demo;           // the sample ward: a banner says so, with t->now_ms
    bool rehearsal;      // made by `rehearse`: a banner says so on every page
    bool index;          // search engines may list it
    const char
        *reload_to; // each minute where the script does not run: a path, "" this one; NULL none
    enum page_look look;
};

/// "tag--warn" and so on, "" for TONE_PLAIN; and the icon of a message of that tone.
const char *tone_class(enum tone tone);
const char *tone_icon(enum tone tone);

/// Whether the nav item is the page's own.
/// Around what a browser without the script loads each minute. The template compiler
/// allows nothing inside <noscript>, which is text to it as to a browser that runs scripts.
struct html page_reload_begin(void), page_reload_end(void);

bool nav_is_here(const struct page *page, const struct nav_item *item);

#endif
