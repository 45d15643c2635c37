// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of the look: classes and icons of tones.
#include "web/layout/page.h"

#include <string.h>

const char *tone_class(enum tone tone)
{
    switch (tone) {
    case TONE_PLAIN:
        return "plain";
    case TONE_BLUE:
        return "blue";
    case TONE_LIVE:
        return "live";
    case TONE_OK:
        return "ok";
    case TONE_WARN:
        return "warn";
    case TONE_BAD:
        return "bad";
    case TONE_VIOLET:
        return "violet";
    }
    return "plain";
}

const char *tone_icon(enum tone tone)
{
    switch (tone) {
    case TONE_OK:
        return "circle-check-big";
    case TONE_WARN:
        return "triangle-alert";
    case TONE_BAD:
        return "circle-alert";
    case TONE_PLAIN:
    case TONE_BLUE:
    case TONE_LIVE:
    case TONE_VIOLET:
        return "info";
    }
    return "info";
}

bool nav_is_here(const struct page *page, const struct nav_item *item)
{
    return page->here != NULL && strcmp(page->here, item->path) == 0;
}

struct html page_reload_begin(void)
{
    static const char begin[] = "<noscript><meta http-equiv=\"refresh\" content=\"60";
    return (struct html){begin, sizeof(begin) - 1};
}

struct html page_reload_end(void)
{
    static const char end[] = "\"></noscript>";
    return (struct html){end, sizeof(end) - 1};
}
