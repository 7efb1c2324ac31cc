CREATE TABLE people (
    id bigint PRIMARY KEY, name text NOT NULL, email text NOT NULL, created timestamptz NOT NULL,
    active boolean NOT NULL, visits integer NOT NULL
);
INSERT INTO people
SELECT id, 'person number ' || id, 'person' || id || '@example.org',
    timestamptz '2024-01-01 00:00:00+00' + id * interval '61.000123 seconds', id % 2 = 0, id * 3
FROM generate_series(1, 20000) AS id;

CREATE TABLE accounts (id bigint PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 50);
INSERT INTO accounts SELECT id, 0 FROM generate_series(1, 10000) AS id;
CREATE TABLE entries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account bigint NOT NULL, amount bigint NOT NULL
);

CREATE TABLE bulk (
    id bigint PRIMARY KEY, name text NOT NULL, created timestamptz NOT NULL, visits integer NOT NULL
);
VACUUM ANALYZE;
