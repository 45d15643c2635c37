// SPDX-License-Identifier: AGPL-3.0-or-later
// JSON in: strictly parsed, every text cleaned, every parameter checked for its form. What is wrong
// with the bytes (400) is told at once; what is wrong with a parameter (422) is kept for its place
// in the order of checks.
#ifndef WEB_API_INPUT_H
#define WEB_API_INPUT_H

#include <jansson.h>

#include "actions/act.h"
#include "http/http.h"
#include "web/input.h"

/// The body as an object; the caller decrefs. A refusal otherwise: media_type, bad_encoding,
/// duplicate_key, bad_json.
struct refusal api_read_object(struct http_exchange *x, json_t **ret_object);

/// Hash of the body and path, for the idempotency key; the key itself checked (1-64 visible ASCII).
/// act->idempotency_key stays NULL when no header was sent.
struct refusal api_read_idempotency(struct http_exchange *x, struct act *act);

/// "action" and the rest of an action's body into the act. BAD_ENCODING at once; others into
/// act->form_refusal.
struct refusal api_read_action(json_t *body, struct act *act, const struct param_use *uses,
                               int count);

/// The name of the action; refusal REQUIRED or INVALID.
struct refusal api_action_name(json_t *body, const char **ret_name);

/// A text member cleaned into the arena; NULL when absent or null. `fault` collects the first 422.
struct refusal api_text(struct arena *arena, json_t *object, const char *name,
                        struct input_want want, struct refusal *fault, const char **ret_text);

/// Fields of a submission.
struct refusal api_read_submission(json_t *body, struct act *act);

#endif
