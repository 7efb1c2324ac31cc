CREATE TABLE people (
    id bigint PRIMARY KEY, name varchar(60) NOT NULL, email varchar(60) NOT NULL, created datetime(6) NOT NULL,
    active boolean NOT NULL, visits int NOT NULL
);
INSERT INTO people
SELECT id, CONCAT('person number ', id), CONCAT('person', id, '@example.org'),
    TIMESTAMP('2024-01-01 00:00:00') + INTERVAL id * 61 SECOND + INTERVAL id MICROSECOND, id % 2 = 0, id * 3
FROM (SELECT seq AS id FROM seq_1_to_20000) AS ids;

CREATE TABLE accounts (id bigint PRIMARY KEY, balance bigint NOT NULL);
INSERT INTO accounts SELECT seq, 0 FROM seq_1_to_10000;
CREATE TABLE entries (id bigint AUTO_INCREMENT PRIMARY KEY, account bigint NOT NULL, amount bigint NOT NULL);

CREATE TABLE bulk (
    id bigint PRIMARY KEY, name varchar(60) NOT NULL, created datetime(6) NOT NULL, visits int NOT NULL
);
ANALYZE TABLE people, accounts;
