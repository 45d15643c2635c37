-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A name typed on a phone is shown to the secretary alone until it was read (domain/hall_names.h; 0: shown). And who
-- joins says whether as a resident or for a business, by which name that goes. Halls and tickets of before are shown as
-- they were, and their digests are what they were.

ALTER TABLE hall_turn ADD COLUMN name_state BIGINT NOT NULL DEFAULT 0;
ALTER TABLE hall_ticket ADD COLUMN author_type BIGINT NOT NULL DEFAULT 0;
ALTER TABLE hall_ticket ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
