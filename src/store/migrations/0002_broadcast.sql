-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Loudspeaker log (R95, R101): what was read aloud when, how often, by whom; khom 0 is the ward's own system, else the
-- khóm that spread the word among its people. A wrong line is struck out, never removed.

CREATE TABLE broadcast (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    broadcast BIGINT NOT NULL,
    day BIGINT NOT NULL,
    minute BIGINT NOT NULL,
    times BIGINT NOT NULL,
    khom BIGINT NOT NULL,
    reader TEXT NOT NULL,
    note TEXT NOT NULL,
    added_by TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    struck BIGINT NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, broadcast),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);

CREATE INDEX read_log_subject ON read_log (unit_id, subject, at_ms);
