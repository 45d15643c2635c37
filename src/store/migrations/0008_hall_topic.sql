-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The content that is being discussed (R60), a code of the fields of work, '' none: whoever asked to speak about it is
-- called first (domain/hall.h, hall_order). Halls of before discuss none, and their digest is what it was.

ALTER TABLE hall ADD COLUMN topic TEXT NOT NULL DEFAULT '';
