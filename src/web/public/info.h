// SPDX-License-Identifier: AGPL-3.0-or-later
// Pages of words, and the page that says what went wrong.
#ifndef WEB_PUBLIC_INFO_H
#define WEB_PUBLIC_INFO_H

#include "web/page_common.h"

struct info_view {
    const char *contact, *khom_word;
};

struct error_view {
    int status;
    const char *title, *advice;
    bool sign_in; // an account would help
};

#endif
