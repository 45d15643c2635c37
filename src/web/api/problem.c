// SPDX-License-Identifier: AGPL-3.0-or-later
// Refusals and bodies as JSON. What is said comes from domain/refusal.c and the catalogue.
#include "web/api/problem.h"

#include <stdlib.h>

#include "base/ensure.h"
#include "base/tr.h"
#include "web/web.h"

static int write_out(const char *bytes, size_t len, void *ctx)
{
    buf_put(ctx, bytes, len);
    return 0;
}

static enum http_next send(struct http_exchange *x, int status, const char *type, json_t *body)
{
    ensure(body != NULL);
    http_status(x, status);
    http_content_type(x, type);
    http_set_header(x, "Cache-Control", "no-store");
    buf_clear(http_out(x));
    ensure(json_dump_callback(body, write_out, http_out(x), JSON_COMPACT) == 0);
    json_decref(body);
    return HTTP_DONE;
}

enum http_next api_problem_bare(struct http_exchange *x, int status, const char *title,
                                const char *detail)
{
    return send(x, status, "application/problem+json",
                json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank", "title", title, "status",
                          status, "detail", detail));
}

enum http_next api_json(struct http_exchange *x, int status, json_t *body)
{
    const struct visit *v = visit_of(x);
    bool answers = v != NULL && http_method(x) == HTTP_GET && status < 300;
    if (!answers || v->query_fault.code == REFUSAL_NONE)
        return send(x, status, "application/json", body);
    json_decref(body);
    return api_problem(x, v->query_fault);
}

enum http_next api_problem(struct http_exchange *x, struct refusal refusal)
{
    ensure(refusal.code > REFUSAL_NONE && refusal.code < REFUSAL_COUNT);
    const struct refusal_row *row = &refusal_rows[refusal.code];
    const struct visit *v = visit_of(x);
    bool english = v != NULL ? v->english : web_accepts_english(x); // before the guard
    enum lang lang = english ? LANG_EN : LANG_VI;
    const char *detail = refusal.detail != NULL ? refusal.detail : row->detail;
    json_t *body =
        json_pack("{s:s, s:s, s:i, s:s, s:s}", "type", "about:blank", "title", tr(lang, row->title),
                  "status", row->http_status, "code", row->code, "detail", tr(lang, detail));
    const char *rule = refusal_rule(refusal);
    if (refusal.field != NULL) json_object_set_new(body, "field", json_string(refusal.field));
    if (rule != NULL) json_object_set_new(body, "rule", json_string(rule));
    if (row->http_status == 401) http_set_header(x, "WWW-Authenticate", "Bearer");
    if (row->http_status == 429) http_set_header(x, "Retry-After", "5");
    return send(x, row->http_status, "application/problem+json", body);
}
