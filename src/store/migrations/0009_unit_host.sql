-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Each request asks which unit its Host is. That no two units have the same is seen to by who writes it, since a unique
-- constraint would have to begin with unit_id.

CREATE INDEX unit_by_host ON unit (host);
