CREATE TABLE employer (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    origin TEXT NOT NULL,
    verified BOOLEAN NOT NULL
);
CREATE INDEX employer_by_name ON employer (name, origin);

CREATE TABLE vacancy (
    id TEXT NOT NULL PRIMARY KEY,
    employer_id TEXT NOT NULL REFERENCES employer (id),
    origin TEXT NOT NULL,
    source TEXT,
    external_ref TEXT,
    row_hash TEXT,
    status TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    -- Title, employer and place, folded: what words are looked for in.
    folded TEXT NOT NULL,
    wage_text TEXT NOT NULL,
    place_text TEXT NOT NULL,
    published DATE NOT NULL,
    closes DATE,
    positions INTEGER NOT NULL,
    filled INTEGER NOT NULL,
    -- What the engine sees, with codes as text.
    offer TEXT NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (source, external_ref)
);
CREATE INDEX vacancy_by_day ON vacancy (published, id);

CREATE TABLE seeker (
    id TEXT NOT NULL PRIMARY KEY,
    status TEXT NOT NULL,
    registered_at BIGINT NOT NULL,
    -- What the engine sees, with codes as text.
    profile TEXT NOT NULL
);

CREATE TABLE skill_stats (
    version BIGINT NOT NULL PRIMARY KEY,
    computed_at BIGINT NOT NULL,
    looking BIGINT NOT NULL,
    people TEXT NOT NULL
);

CREATE TABLE change_log (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL
);

CREATE TABLE audit_log (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    outcome TEXT NOT NULL
);
