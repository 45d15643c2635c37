// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading for pages and API alike: what the visitor may see of dialogues and opinions.
#ifndef WEB_READ_H
#define WEB_READ_H

#include "store/dialogue.h"
#include "store/opinion_list.h"
#include "web/input.h"
#include "web/web.h"

/// "12" -> 12, no sign, no leading zero, up to 15 digits; false otherwise (NULL too).
bool read_id(const char *text, int64_t *ret_id);

/// One opinion with its dialogue and items; NOT_FOUND also when the visitor may not see it. d and o
/// must outlive the case.
MUST_USE enum status read_opinion_case(struct http_exchange *x, struct sql *sql, int64_t id,
                                       struct dialogue *d, struct opinion *o,
                                       struct opinion_case *ret_case);

/// Whether everybody may read the dialogue's document of that type (enum doc_type) now; blank
/// forms, never filled ones.
bool document_is_public(const struct dialogue *d, int type);

struct opinion_page {
    struct opinion *rows;
    int count;
    bool more; // there are visible ones after the last row
};
/// Up to `limit` rows that the visitor may see; sealed matters are in no list.
MUST_USE enum status read_opinion_page(struct http_exchange *x, struct sql *sql, struct dialogue *d,
                                       struct opinion_filter *filter, int limit,
                                       struct opinion_page *ret_page);

#endif
