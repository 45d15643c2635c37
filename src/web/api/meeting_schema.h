// SPDX-License-Identifier: AGPL-3.0-or-later
// Schemas of invitees, door, indicators and hand-overs, put among the others of the API.
#ifndef WEB_API_MEETING_SCHEMA_H
#define WEB_API_MEETING_SCHEMA_H

#include <jansson.h>

void api_meeting_schemas(json_t *schemas);

#endif
