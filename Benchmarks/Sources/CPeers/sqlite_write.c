#include "sqlite.h"

enum { begin, insert, update, commit };

static int open_for(struct sqlite_connection *connection, const char *path, const char *insertion) {
    return sqlite_open(connection, path) || sqlite_prepare(connection, begin, "BEGIN IMMEDIATE") ||
           sqlite_prepare(connection, insert, insertion) || sqlite_prepare(connection, commit, "COMMIT");
}

static int transact(struct sqlite_connection *connection, int64_t account) {
    sqlite3_bind_int64(connection->statements[insert], 1, account);
    sqlite3_bind_int64(connection->statements[update], 1, account);
    if (sqlite_step(connection, begin) || sqlite_step(connection, insert)) return 1;
    if (sqlite_step(connection, update)) return 1;
    if (sqlite3_changes(connection->database) != 1) return sqlite_failed(connection, "no account");
    return sqlite_step(connection, commit);
}

int cpeers_sqlite_transaction(const char *path, double seconds, struct cpeers_tally *tally) {
    struct sqlite_connection connection = {0};
    int failed = open_for(&connection, path, "INSERT INTO entries (account, amount) VALUES (?, 1)") ||
                 sqlite_prepare(&connection, update, "UPDATE accounts SET balance = balance + 1 WHERE id = ?");
    uint64_t seed = key_seed(0);
    struct counting counting = counting_begin(tally, seconds);
    int64_t began = counting.start, now = began;
    for (; !failed && counting_goes_on(&counting, now); began = now) {
        failed = transact(&connection, key_next(&seed));
        now = nanoseconds_now();
        counting_add(&counting, 0, 1, began, now);
    }
    sqlite_close(&connection);
    return failed;
}

static int insert_row(struct sqlite_connection *connection, int64_t id) {
    sqlite3_stmt *statement = connection->statements[insert];
    char name[64];
    int length = snprintf(name, sizeof name, "person number %lld", (long long)id);
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_text(statement, 2, name, length, SQLITE_STATIC);
    sqlite3_bind_double(statement, 3, (double)id / 8);
    sqlite3_bind_int64(statement, 4, 3 * id);
    return sqlite_step(connection, insert);
}

static int insert_all(struct sqlite_connection *connection) {
    if (sqlite_step(connection, begin)) return 1;
    for (int64_t id = 1; id <= cpeers_bulk_rows; id++) {
        if (insert_row(connection, id)) return 1;
    }
    return sqlite_step(connection, commit);
}

int cpeers_sqlite_bulk(const char *path, double seconds, struct cpeers_tally *tally) {
    struct sqlite_connection connection = {0};
    int failed = open_for(&connection, path, "INSERT INTO bulk (id, name, score, visits) VALUES (?, ?, ?, ?)");
    struct counting counting = counting_begin(tally, seconds);
    int64_t now = counting.start;
    while (!failed && counting_goes_on(&counting, now)) {
        failed = sqlite_run(&connection, "DELETE FROM bulk");
        int64_t began = nanoseconds_now();
        counting_skip(&counting, now, began);
        failed = failed || insert_all(&connection);
        now = nanoseconds_now();
        counting_add(&counting, 0, cpeers_bulk_rows, began, now);
    }
    sqlite_close(&connection);
    return failed;
}
