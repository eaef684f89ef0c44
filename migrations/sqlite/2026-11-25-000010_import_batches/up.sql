CREATE TABLE import_batch (
    id TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    file TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    rows_new BIGINT NOT NULL,
    rows_changed BIGINT NOT NULL,
    rows_same BIGINT NOT NULL,
    rows_refused BIGINT NOT NULL
);
CREATE INDEX import_batch_by_time ON import_batch (started_at);

-- What a batch did to a vacancy, so that it can be undone.
CREATE TABLE import_row (
    batch_id TEXT NOT NULL REFERENCES import_batch (id),
    vacancy_id TEXT NOT NULL,
    -- The vacancy as it was before; nothing where it was new.
    was TEXT,
    -- Its revision before (0: it was new) and after.
    was_revision INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    -- What became of it when the batch was undone.
    outcome TEXT,
    PRIMARY KEY (batch_id, vacancy_id)
);
CREATE INDEX import_row_by_vacancy ON import_row (vacancy_id);

-- What a person said of the headings of a source; an empty field: it is not read.
CREATE TABLE import_heading (
    source TEXT NOT NULL,
    heading TEXT NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (source, heading)
);
