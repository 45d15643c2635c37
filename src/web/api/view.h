// SPDX-License-Identifier: AGPL-3.0-or-later
// Objects of the API as JSON, each cut to what the caller may see.
#ifndef WEB_API_VIEW_H
#define WEB_API_VIEW_H

#include <jansson.h>

#include "store/dialogue.h"
#include "web/web.h"

json_t *api_dialogue(struct visit *v, struct dialogue *d, bool whole);
json_t *api_opinion_row(struct opinion_case *c);
/// The whole opinion; c has its items.
json_t *api_opinion(struct opinion_case *c);
/// Schemas of issuing documents (api/issuing.c), added to those of openapi.c.
void api_issuing_schemas(json_t *all);
/// What is wrong with the name of an action on a dialogue or its hall (422) is told after who asks
/// and whether they may see it (dialogues.c).
enum http_next api_refuse_action(struct http_exchange *x, int64_t id, struct refusal refusal);
json_t *api_instant(int64_t ms); // null for 0
json_t *api_day(int32_t day);    // null for DAY_NONE
json_t *api_khom(int khom);      // null for 0

#endif
