-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Who is invited and who came (R22-R36, R87, R92, R102), when a report was handed over (R91), and what the office
-- writes into the dialogue's reports (R14, R37-R39). Enumerated values are the integers of domain/attendance.h.
-- Names are for staff alone; after use they are emptied and the row, with its counts, stays.

CREATE TABLE invitee (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    invitee BIGINT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    username TEXT NOT NULL,
    part BIGINT NOT NULL,
    khom BIGINT NOT NULL,
    walk_in BIGINT NOT NULL,
    consent BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    delivered_ms BIGINT NOT NULL,
    delivered_by TEXT NOT NULL,
    proof_kind BIGINT NOT NULL,
    proof TEXT NOT NULL,
    absence TEXT NOT NULL,
    arrived_ms BIGINT NOT NULL,
    arrived_by TEXT NOT NULL,
    struck BIGINT NOT NULL,
    forgotten_ms BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, invitee),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);

-- A report handed over: to whom, when, received by whom. A wrong line is struck out, never removed.
CREATE TABLE dispatch (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    dispatch BIGINT NOT NULL,
    version BIGINT NOT NULL,
    type TEXT NOT NULL,
    recipient TEXT NOT NULL,
    day BIGINT NOT NULL,
    receiver TEXT NOT NULL,
    note TEXT NOT NULL,
    added_by TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    struck BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, dispatch),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);

-- What the office writes into reports: one text a name, the last version alone; the register keeps a digest of each.
CREATE TABLE dialogue_text (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    name BIGINT NOT NULL,
    version BIGINT NOT NULL,
    text TEXT NOT NULL,
    edited_by TEXT NOT NULL,
    edited_ms BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, name),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);
