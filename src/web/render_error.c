// SPDX-License-Identifier: AGPL-3.0-or-later
// Pages and problems for what no handler answered: not found, too large, broken.
#include "web/api/problem.h"
#include "web/web.h"

#include <string.h>

static enum refusal_code code_of(int status)
{
    for (int code = REFUSAL_BAD_JSON; code < REFUSAL_COUNT; code++)
        if (refusal_rows[code].http_status == status) return (enum refusal_code)code;
    return REFUSAL_NONE;
}

void web_render_error(struct http_exchange *x, int status, void *ctx)
{
    (void)ctx;
    enum refusal_code code = code_of(status);
    bool api = strncmp(http_path(x), "/api/", 5) == 0;
    if (api && code != REFUSAL_NONE) {
        api_problem(x, REFUSE(code));
        http_status(x, status);
        return;
    }
    if (api) {
        api_json(x, status, json_pack("{s:s, s:i}", "type", "about:blank", "status", status));
        return;
    }
    buf_printf(http_out(x), "<!doctype html><html lang=\"vi\"><title>%d</title><h1>%d %s</h1>",
               status, status, code == REFUSAL_NONE ? "" : refusal_rows[code].title);
}
