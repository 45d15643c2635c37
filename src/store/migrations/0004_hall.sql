-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The live hall (R52-R84): who asked to speak and spoke, every second of the floor booked to a side, notes, tickets of
-- phones, facts sent to the chair. Enumerated values are the integers of domain/hall.h. One row of hall per dialogue,
-- made when it opens.

CREATE TABLE hall (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    scene BIGINT NOT NULL,
    scene_opinion BIGINT NOT NULL,
    scene_text TEXT NOT NULL,
    list_closed BIGINT NOT NULL,
    first_time BIGINT NOT NULL,
    round_robin BIGINT NOT NULL,
    turn_seconds BIGINT NOT NULL,
    warn_seconds BIGINT NOT NULL,
    authority_percent BIGINT NOT NULL,
    step BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    paused BIGINT NOT NULL,
    undo_action BIGINT NOT NULL,
    undo_turn BIGINT NOT NULL,
    undo_before BIGINT NOT NULL,
    undo_scene BIGINT NOT NULL,
    undo_opinion BIGINT NOT NULL,
    undo_text TEXT NOT NULL,
    salt BYTEA NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);

CREATE TABLE hall_turn (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    state BIGINT NOT NULL,
    side BIGINT NOT NULL,
    ticket BIGINT NOT NULL,
    name TEXT NOT NULL,
    username TEXT NOT NULL,
    khom BIGINT NOT NULL,
    author_type BIGINT NOT NULL,
    topic TEXT NOT NULL,
    opinion_id BIGINT NOT NULL,
    extra_seconds BIGINT NOT NULL,
    asked_ms BIGINT NOT NULL,
    called_ms BIGINT NOT NULL,
    ended_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, turn),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);

-- From opening to closing, adjournments left out, exactly one interval runs: together they are the elapsed time.
CREATE TABLE hall_interval (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    side BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    step BIGINT NOT NULL,
    started_ms BIGINT NOT NULL,
    ended_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, number),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);

-- What the secretary types as it happens. entry 0: being typed still (autosave, no entry of the register).
CREATE TABLE hall_note (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    note BIGINT NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    turn BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    became BIGINT NOT NULL,
    became_opinion BIGINT NOT NULL,
    struck BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    edited_ms BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, note),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);

-- Facts an officer sends to the chair while the question is on the floor.
CREATE TABLE hall_fact (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    fact BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    username TEXT NOT NULL,
    text TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, fact),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);

-- A phone in the hall: no account, no identity but what its holder chose to say.
CREATE TABLE hall_ticket (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    ticket BIGINT NOT NULL,
    token_hash BYTEA NOT NULL,
    name TEXT NOT NULL,
    khom BIGINT NOT NULL,
    joined_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, ticket),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);
CREATE UNIQUE INDEX hall_ticket_token ON hall_ticket (unit_id, token_hash);

-- Opinions handed in from a phone: it may follow them and speak as their author while the ticket lives.
CREATE TABLE hall_ticket_opinion (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    ticket BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, ticket, opinion_id),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);
CREATE INDEX hall_ticket_opinion_by_opinion ON hall_ticket_opinion (unit_id, opinion_id);

-- One support per phone and opinion.
CREATE TABLE hall_support (
    unit_id BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    ticket BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, opinion_id, dialogue_id, ticket)
);
