CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    -- Given to what may be there once only, such as a day's work.
    once TEXT UNIQUE,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    leased_by TEXT,
    lease_until BIGINT,
    problem TEXT
);
CREATE INDEX job_by_due ON job (state, due_at);
