-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The whole schema. Every key starts with unit_id and every foreign key stays inside a unit, so that it can be
-- distributed by unit; ids are made by the program; no triggers, no sequences. Enumerated values are the integers
-- of domain/value.h. Instants are *_ms, days count from 1970-01-01.

CREATE TABLE unit (
    unit_id BIGINT NOT NULL,
    host TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id)
);
CREATE UNIQUE INDEX unit_host ON unit (unit_id, host);

-- The row every writing transaction locks first: it makes a unit's register one chain.
CREATE TABLE unit_head (
    unit_id BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    sealed_entry BIGINT NOT NULL,
    sealed_hash BYTEA NOT NULL,
    sealed_anchor BIGINT NOT NULL,
    opinion BIGINT NOT NULL,
    config BIGINT NOT NULL,
    PRIMARY KEY (unit_id)
);

-- What the office edits: name of the ward, its parent, what a khóm is called there, days N ...
CREATE TABLE setting (
    unit_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (unit_id, name)
);

CREATE TABLE account (
    unit_id BIGINT NOT NULL,
    username TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    roles BIGINT NOT NULL,
    fields BIGINT NOT NULL,
    khom BIGINT NOT NULL,
    active BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (unit_id, username)
);

CREATE TABLE session (
    unit_id BIGINT NOT NULL,
    token_hash BYTEA NOT NULL,
    username TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, token_hash)
);
CREATE INDEX session_username ON session (unit_id, username);

CREATE TABLE khom (
    unit_id BIGINT NOT NULL,
    khom BIGINT NOT NULL,
    name TEXT NOT NULL,
    quota BIGINT NOT NULL,
    PRIMARY KEY (unit_id, khom)
);

CREATE TABLE holiday (
    unit_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (unit_id, day)
);

CREATE TABLE dialogue (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    state BIGINT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    planned TEXT NOT NULL,
    year BIGINT NOT NULL,
    seats BIGINT NOT NULL,
    profile BIGINT NOT NULL,
    approved BIGINT NOT NULL,
    number TEXT NOT NULL,
    symbol TEXT NOT NULL,
    issued_day BIGINT,
    announced_ms BIGINT NOT NULL,
    starts_at_ms BIGINT NOT NULL,
    opinions_from_ms BIGINT NOT NULL,
    opinions_until_ms BIGINT NOT NULL,
    opened_ms BIGINT NOT NULL,
    closed_ms BIGINT NOT NULL,
    resumes_at_ms BIGINT NOT NULL,
    results_ms BIGINT NOT NULL,
    completed_ms BIGINT NOT NULL,
    minutes_secretary_ms BIGINT NOT NULL,
    minutes_chair_ms BIGINT NOT NULL,
    reason TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    chair TEXT NOT NULL,
    deputy TEXT NOT NULL,
    secretary TEXT NOT NULL,
    second_reader TEXT NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id)
);

CREATE TABLE agenda_item (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    step BIGINT NOT NULL,
    title TEXT NOT NULL,
    owner TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    side BIGINT NOT NULL,
    started_ms BIGINT NOT NULL,
    ended_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, step)
);

CREATE TABLE opinion (
    unit_id BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    state BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    wants BIGINT NOT NULL,
    reply_by BIGINT NOT NULL,
    scope BIGINT NOT NULL,
    authority BIGINT NOT NULL,
    about BIGINT NOT NULL,
    visibility BIGINT NOT NULL,
    field BIGINT NOT NULL,
    khom BIGINT NOT NULL,
    topic TEXT NOT NULL,
    named TEXT NOT NULL,
    content TEXT NOT NULL,
    author_type BIGINT NOT NULL,
    author_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    publish_name BIGINT NOT NULL,
    receipt_hash BYTEA NOT NULL,
    relayed BIGINT NOT NULL,
    group_lead BIGINT NOT NULL,
    split_from BIGINT NOT NULL,
    before_call BIGINT NOT NULL,
    before_close BIGINT NOT NULL,
    close_version BIGINT NOT NULL,
    floor TEXT NOT NULL,
    responsible TEXT NOT NULL,
    responsible_is_body BIGINT NOT NULL,
    due_rule BIGINT NOT NULL,
    due_start BIGINT,
    due_legal BIGINT,
    due_safe BIGINT,
    due_set_by_person BIGINT NOT NULL,
    extended BIGINT NOT NULL,
    round BIGINT NOT NULL,
    verdict BIGINT NOT NULL,
    outcome BIGINT NOT NULL,
    window_end BIGINT,
    created_ms BIGINT NOT NULL,
    answered_ms BIGINT NOT NULL,
    delivered_ms BIGINT NOT NULL,
    concluded_ms BIGINT NOT NULL,
    created_by_staff BIGINT NOT NULL,
    next_item BIGINT NOT NULL,
    support BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    PRIMARY KEY (unit_id, opinion_id),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);

CREATE TABLE opinion_item (
    unit_id BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    item BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    status BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,
    role BIGINT NOT NULL,
    behalf BIGINT NOT NULL,
    person TEXT NOT NULL,
    body TEXT NOT NULL,
    code BIGINT NOT NULL,
    code2 BIGINT NOT NULL,
    day BIGINT,
    day2 BIGINT,
    ref BIGINT NOT NULL,
    round BIGINT NOT NULL,
    text TEXT NOT NULL,
    refs TEXT NOT NULL,
    proof TEXT NOT NULL,
    delivered_ms BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    PRIMARY KEY (unit_id, opinion_id, item),
    FOREIGN KEY (unit_id, opinion_id) REFERENCES opinion (unit_id, opinion_id)
);

CREATE INDEX opinion_list ON opinion (unit_id, dialogue_id, opinion_id);
CREATE INDEX opinion_state ON opinion (unit_id, dialogue_id, state, opinion_id);
CREATE INDEX opinion_window ON opinion (unit_id, window_end) WHERE window_end IS NOT NULL;
CREATE INDEX opinion_group ON opinion (unit_id, group_lead) WHERE group_lead > 0;
CREATE INDEX opinion_receipt ON opinion (unit_id, receipt_hash);

CREATE TABLE entry (
    unit_id BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,
    role BIGINT NOT NULL,
    behalf BIGINT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    from_state BIGINT NOT NULL,
    to_state BIGINT NOT NULL,
    version BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (unit_id, entry)
);
CREATE INDEX entry_subject ON entry (unit_id, subject, entry);

-- Acts on sealed matters: a chain of its own, to the day.
CREATE TABLE sealed_entry (
    unit_id BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,
    role BIGINT NOT NULL,
    behalf BIGINT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    from_state BIGINT NOT NULL,
    to_state BIGINT NOT NULL,
    version BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (unit_id, entry)
);
CREATE INDEX sealed_entry_subject ON sealed_entry (unit_id, subject, entry);

-- Kept answers of POSTs, encrypted under a key that only the sender's Idempotency-Key gives.
CREATE TABLE idempotency (
    unit_id BIGINT NOT NULL,
    key_hash BYTEA NOT NULL,
    body_hash BYTEA NOT NULL,
    answer BYTEA NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, key_hash)
);
CREATE INDEX idempotency_age ON idempotency (unit_id, at_ms);

-- Who read what is sealed, and what overseers read (shown to themselves alone).
CREATE TABLE read_log (
    unit_id BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    username TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (unit_id, username, at_ms, subject)
);

CREATE TABLE outbox (
    unit_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    item BIGINT NOT NULL,
    transport BIGINT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_ms BIGINT NOT NULL,
    sent_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, message_id)
);
CREATE INDEX outbox_due ON outbox (unit_id, state, next_ms);

-- Minutes: the text as edited by the secretary; generated is what the register gave, kept to show the differences.
CREATE TABLE minutes (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    generated TEXT NOT NULL,
    text TEXT NOT NULL,
    edited_by TEXT NOT NULL,
    edited_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, version)
);

CREATE TABLE attachment (
    unit_id BIGINT NOT NULL,
    attachment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    added_by TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, attachment_id)
);

-- Search: the words of what may be shown to the public, and nothing else.
-- only: sqlite
CREATE VIRTUAL TABLE opinion_words USING fts5(words, content='', tokenize='ascii');
CREATE TABLE opinion_indexed (
    unit_id BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (unit_id, opinion_id)
);
-- end
-- only: postgresql
CREATE TABLE opinion_indexed (
    unit_id BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (unit_id, opinion_id)
);
CREATE INDEX opinion_indexed_words ON opinion_indexed USING gin (words);
-- end
