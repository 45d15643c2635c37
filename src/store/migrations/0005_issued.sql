-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What leaves the house never changes (invariant 11): every document with a number is kept as it went out, row and
-- bytes. And the minutes as the chair signed them, where a part was sealed afterwards: for custodians alone.

-- type is documents/document.h's; opinion_id, person and edition select what it is about (0 and '' none). series is
-- the number register ("TB", "CV"), one per kind and year; ordinal the running number in it, 0 for a number of the
-- province's e-office. replaces: issued_id of the one it stands for, 0 none. withheld: holds what was sealed later.
CREATE TABLE issued_document (
    unit_id BIGINT NOT NULL,
    issued_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    type BIGINT NOT NULL,
    opinion_id BIGINT NOT NULL,
    person TEXT NOT NULL,
    edition BIGINT NOT NULL,
    series TEXT NOT NULL,
    year BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    number TEXT NOT NULL,
    symbol TEXT NOT NULL,
    external BIGINT NOT NULL,
    day BIGINT NOT NULL,
    title TEXT NOT NULL,
    signer TEXT NOT NULL,
    recipients TEXT NOT NULL,
    replaces BIGINT NOT NULL,
    withheld BIGINT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_ms BIGINT NOT NULL,
    PRIMARY KEY (unit_id, issued_id),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);
CREATE UNIQUE INDEX issued_document_number ON issued_document (unit_id, series, year, number);
CREATE INDEX issued_document_of ON issued_document (unit_id, dialogue_id, type, opinion_id, issued_id);

-- The bytes as they went out; format is documents/document.h's.
CREATE TABLE issued_file (
    unit_id BIGINT NOT NULL,
    issued_id BIGINT NOT NULL,
    format BIGINT NOT NULL,
    name TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (unit_id, issued_id, format),
    FOREIGN KEY (unit_id, issued_id) REFERENCES issued_document (unit_id, issued_id)
);

CREATE TABLE minutes_sealed (
    unit_id BIGINT NOT NULL,
    dialogue_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    generated TEXT NOT NULL,
    text TEXT NOT NULL,
    edited_by TEXT NOT NULL,
    edited_ms BIGINT NOT NULL,
    sealed_day BIGINT NOT NULL,
    PRIMARY KEY (unit_id, dialogue_id, version),
    FOREIGN KEY (unit_id, dialogue_id) REFERENCES dialogue (unit_id, dialogue_id)
);
