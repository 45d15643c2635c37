// SPDX-License-Identifier: AGPL-3.0-or-later
// Forms in: the same parameters as the API under the same names. An empty field counts as not
// given. Lists come as one per line (lines), as repeated part_text/part_field (parts), as "12-20,
// 31-40" (spans); a proof as proof_kind, proof_text, proof_attachment. Also csrf, key
// (idempotency), back (where to go afterwards), on_behalf, if_version.
#ifndef WEB_FORM_INPUT_H
#define WEB_FORM_INPUT_H

#include "actions/act.h"
#include "http/http.h"

/// The first fault goes into act->form_refusal, so that the page comes again with what was typed.
/// A field that the form does not have, or has once and got twice, is a fault. `others`: names
/// beside the uses and the common ones above, by blanks, with a star after those that may come
/// again ("become step_title*"); NULL none.
void form_read_action(struct http_exchange *x, struct act *act, const struct param_use *uses,
                      int count, const char *others);

/// content kind field channel wants reply_by publish_name author_type name organisation khom phone
/// email contact_ok.
void form_read_submission(struct http_exchange *x, struct act *act);

/// For forms whose fields the handler reads itself: these names, csrf, key and back; `key` is read.
void form_read_others(struct http_exchange *x, struct act *act, const char *others);

/// What was typed, to put back into the page; "" when absent. Cleaned only as far as display needs.
const char *form_typed(struct http_exchange *x, const char *name);

/// `back` when it is a local path, else `otherwise`.
const char *form_back(struct http_exchange *x, const char *otherwise);

/// A fresh idempotency key for the hidden field: 32 hex digits.
const char *form_new_key(struct http_exchange *x);

#endif
