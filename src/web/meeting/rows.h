// SPDX-License-Identifier: AGPL-3.0-or-later
// What the invitees' page and the door's page share: rows as a visitor may see them, counts by
// khóm, the fields of a person.
#ifndef WEB_MEETING_ROWS_H
#define WEB_MEETING_ROWS_H

#include "actions/attendance.h"
#include "web/meeting/meeting.h"

/// The khóm whose list alone this visitor works with; 0: the whole list.
int meeting_own_khom(const struct desk *desk);
bool meeting_can(const struct desk *desk, enum attend_action action, int khom);
/// Those whose names the visitor may see.
struct invitee_list meeting_visible(const struct desk *desk, const struct invitee_list *list);
struct invitee_row meeting_row(struct desk *desk, const struct invitee *invitee);
/// Every khóm of the unit, or the one asked for.
struct count_row *meeting_khoms(struct desk *desk, const struct invitee_list *list, int khom,
                                size_t *ret_count);
/// "part" and "khom"; a khóm's own account writes for itself.
void meeting_read_part(struct http_exchange *x, struct act *act, struct invite_row *row);
/// The act's run and extra from "invitee", "typed", "text", name and consent; NULL when it is no
/// action.
struct attendance *meeting_read(struct http_exchange *x, struct act *act, int action);

#endif
