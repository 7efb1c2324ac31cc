PRAGMA journal_mode = wal;

-- A number in the place of the point in time, for which SQLite has no type.
CREATE TABLE people (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, score REAL NOT NULL,
    active BOOLEAN NOT NULL, visits INTEGER NOT NULL
);
WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < 20000)
INSERT INTO people
SELECT id, 'person number ' || id, 'person' || id || '@example.org', id / 8.0, id % 2 = 0, id * 3 FROM ids;

CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);
WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < 10000)
INSERT INTO accounts SELECT id, 0 FROM ids;
CREATE TABLE entries (id INTEGER PRIMARY KEY, account INTEGER NOT NULL, amount INTEGER NOT NULL);

CREATE TABLE bulk (id INTEGER PRIMARY KEY, name TEXT NOT NULL, score REAL NOT NULL, visits INTEGER NOT NULL);
ANALYZE;
