-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The messages of one opinion: voided when delivered by hand, wiped when sealed, sent on to a new address.

CREATE INDEX outbox_opinion ON outbox (unit_id, opinion_id);
