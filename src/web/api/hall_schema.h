// SPDX-License-Identifier: AGPL-3.0-or-later
// The live hall's part of openapi.json.
#ifndef WEB_API_HALL_SCHEMA_H
#define WEB_API_HALL_SCHEMA_H

#include <jansson.h>

/// Adds hall, hall_reply, ticket_request and ticket to the schemas.
void api_hall_schemas(json_t *schemas);

#endif
