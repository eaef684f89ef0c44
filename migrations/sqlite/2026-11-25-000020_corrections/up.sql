-- Which occupation a title names, as an officer has said; the key is the title in small letters.
CREATE TABLE occupation_correction (
    title_key TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    code TEXT NOT NULL,
    at BIGINT NOT NULL
);
