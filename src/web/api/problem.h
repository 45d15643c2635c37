// SPDX-License-Identifier: AGPL-3.0-or-later
// Answers of the API: JSON bodies and problems (RFC 9457).
#ifndef WEB_API_PROBLEM_H
#define WEB_API_PROBLEM_H

#include <jansson.h>

#include "domain/refusal.h"
#include "http/http.h"

/// {type,title,status,code,detail,field?,rule?} in the caller's language, with its HTTP status.
enum http_next api_problem(struct http_exchange *x, struct refusal refusal);

/// A problem of HTTP itself that the contract has no code for (405, 503):
/// {type,title,status,detail}.
enum http_next api_problem_bare(struct http_exchange *x, int status, const char *title,
                                const char *detail);

/// Takes the reference. The answer to a GET whose query holds an unknown name is that refusal
/// instead: it comes after everything else that could be refused (contract.md, order of checks).
enum http_next api_json(struct http_exchange *x, int status, json_t *body);

#endif
