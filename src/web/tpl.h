// SPDX-License-Identifier: AGPL-3.0-or-later
// What compiled templates stand on: the context of a page being written, and one writer per place
// of a page. Escaping is chosen by the template compiler (place) and by _Generic (type); struct
// html and struct url are the only ways past it, and only the functions named at their declaration
// may make them.
#ifndef WEB_TPL_H
#define WEB_TPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/tr.h"

/// What every template may use as t->...; all texts outlive the call, NULL where a page has none.
struct tpl {
    struct buf *out;
    enum lang lang;
    const char *csrf; // token for the hidden field of every form
    const char *key;  // idempotency key for the forms of this page, NULL none
    int forms;        // how many have theirs: the key and a number of their own (form_hidden)
    const char *path; // path and query of this request, for "back to here" links
    bool fragment;    // asked for by htmx: {% page %} writes no layout
    int64_t now_ms;
};

/// Finished markup. Made only by tpl_html_of (of what a template wrote) and documents' HTML writer.
struct html {
    const char *text;
    size_t len;
};

/// A URL of our own making. Made only by url_own (a literal or a path we built) and asset_url.
struct url {
    const char *text;
};

struct html tpl_html_of(const struct buf *written);
struct url url_own(const char *path);

/// 1, 2 ... : what sets the key of one form of a page apart from the others'.
int tpl_next_form(struct tpl *t);

/// The writers. NULL texts write nothing.
void tpl_raw(struct tpl *t, const char *text, size_t len);
void tpl_put_text(struct tpl *t, const char *text); // & < > " ' escaped; for text and quoted values
void tpl_put_int(struct tpl *t, int64_t value);
void tpl_put_size(struct tpl *t, size_t value);
void tpl_put_html(struct tpl *t, struct html html);
void tpl_put_url(struct tpl *t, const char *url); // http, https, mailto, tel or no scheme; else "#"
void tpl_put_own_url(struct tpl *t, struct url url);
void tpl_put_url_part(struct tpl *t, const char *text); // all but letters, digits and -._~ as %XX
void tpl_put_class(struct tpl *t, const char *text); // other bytes than [A-Za-z0-9 _-] are dropped
void tpl_put_svg(struct tpl *t, const char *text);   // [A-Za-z0-9 .,+#-] kept
void tpl_put_double(struct tpl *t, double value);    // at most two decimals, never nan or inf

/// bool, char and enums (unsigned int) are refused on purpose: name them in the page, or cast a
/// count to size_t.
#define TPL_NUMBERS_ \
    int : tpl_put_int, long : tpl_put_int, long long : tpl_put_int, size_t : tpl_put_size
#define TPL_SLOT_(x, text_fn) _Generic((x), char * : text_fn, const char * : text_fn, TPL_NUMBERS_)
#define tpl_text(t, x) \
    _Generic((x), char *: tpl_put_text, const char *: tpl_put_text, struct html: tpl_put_html,    \
             TPL_NUMBERS_)((t), (x))
#define tpl_rcdata(t, x)   TPL_SLOT_(x, tpl_put_text)((t), (x))
#define tpl_attr(t, x)     TPL_SLOT_(x, tpl_put_text)((t), (x))
#define tpl_class(t, x)    TPL_SLOT_(x, tpl_put_class)((t), (x))
#define tpl_svg(t, x)      TPL_SLOT_(x, tpl_put_svg)((t), (x))
#define tpl_url_part(t, x) TPL_SLOT_(x, tpl_put_url_part)((t), (x))
#define tpl_url(t, x) \
    _Generic((x), char *: tpl_put_url, const char *: tpl_put_url, struct url: tpl_put_own_url)(    \
        (t), (x))
#define tpl_url_own(t, x) _Generic((x), struct url : tpl_put_own_url)((t), (x))
#define tpl_number(t, x) \
    _Generic((x), double : tpl_put_double, float : tpl_put_double, TPL_NUMBERS_)((t), (x))

/// Filters: {{ day | date }}.
void tpl_filter_date(struct tpl *t, int32_t day);
void tpl_filter_weekday(struct tpl *t, int32_t day);
void tpl_filter_longdate(struct tpl *t, int32_t day);
void tpl_filter_time(struct tpl *t, int64_t instant_ms);
void tpl_filter_datetime(struct tpl *t, int64_t instant_ms);
void tpl_filter_day(struct tpl *t, int64_t instant_ms); // the day an instant falls in
void tpl_filter_number(struct tpl *t, int64_t value);
void tpl_filter_iso(struct tpl *t, int64_t instant_ms); // for <time datetime>

/// A message with {named} places. Message and values are escaped alike; an unknown place stays as
/// written.
struct tpl_arg {
    const char *name;
    const char *text; // NULL: the number
    int64_t number;
    bool grouped; // 1.250; years and numbers of documents are not grouped
};
void tpl_message(struct tpl *t, const char *message, const struct tpl_arg *args, size_t count);

static inline struct tpl_arg tpl_arg_text(const char *name, const char *text)
{
    return (struct tpl_arg){.name = name, .text = text == NULL ? "" : text};
}
static inline struct tpl_arg tpl_arg_int(const char *name, int64_t number)
{
    return (struct tpl_arg){.name = name, .number = number};
}
static inline struct tpl_arg tpl_arg_count(const char *name, int64_t number)
{
    return (struct tpl_arg){.name = name, .number = number, .grouped = true};
}
#define tpl_arg(name, x) \
    _Generic((x), char *: tpl_arg_text, const char *: tpl_arg_text, int: tpl_arg_int,             \
             long: tpl_arg_int, long long: tpl_arg_int, size_t: tpl_arg_int)((name), (x))

#endif
