-- SPDX-License-Identifier: AGPL-3.0-or-later
-- When the screens were cleared last, as the hall's version then (0: never), and what `undo` puts back. A screen with
-- a scene of its own goes by it: domain/hall.h, hall_taken_off.

ALTER TABLE hall ADD COLUMN cleared BIGINT NOT NULL DEFAULT 0;
ALTER TABLE hall ADD COLUMN undo_cleared BIGINT NOT NULL DEFAULT 0;
