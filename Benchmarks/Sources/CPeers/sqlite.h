// What the peers on sqlite3 share.
#ifndef CPEERS_SQLITE_H
#define CPEERS_SQLITE_H

#include "tally.h"

#include <sqlite3.h>
#include <stdio.h>

/// The most statements of a peer.
enum { most_statements = 4 };

/// A connection with its prepared statements.
struct sqlite_connection {
    sqlite3 *database;
    sqlite3_stmt *statements[most_statements];
};

/// Says what failed, in sqlite3's words.
static inline int sqlite_failed(struct sqlite_connection *connection, const char *what) {
    fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(connection->database));
    return 1;
}

static inline int sqlite_run(struct sqlite_connection *connection, const char *statement) {
    int code = sqlite3_exec(connection->database, statement, NULL, NULL, NULL);
    return code == SQLITE_OK ? 0 : sqlite_failed(connection, statement);
}

/// Opens a file with the flags and settings of the other sides, so that nobody pays for a lock or a sync alone.
static inline int sqlite_open(struct sqlite_connection *connection, const char *path) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &connection->database, flags, NULL) != SQLITE_OK) {
        return sqlite_failed(connection, "open");
    }
    return sqlite_run(connection, "PRAGMA synchronous = normal");
}

static inline int sqlite_prepare(struct sqlite_connection *connection, int index, const char *statement) {
    sqlite3_stmt **prepared = &connection->statements[index];
    int code = sqlite3_prepare_v3(connection->database, statement, -1, SQLITE_PREPARE_PERSISTENT, prepared, NULL);
    return code == SQLITE_OK ? 0 : sqlite_failed(connection, statement);
}

static inline void sqlite_close(struct sqlite_connection *connection) {
    for (int index = 0; index < most_statements; index++) sqlite3_finalize(connection->statements[index]);
    sqlite3_close(connection->database);
}

/// Copies a text of less than 64 bytes; 0 when it is longer.
static inline int sqlite_text(sqlite3_stmt *statement, int column, char *text) {
    const unsigned char *bytes = sqlite3_column_text(statement, column);
    size_t length = (size_t)sqlite3_column_bytes(statement, column);
    if (bytes == NULL || length >= 64) return 0;
    memcpy(text, bytes, length);
    text[length] = 0;
    return 1;
}

/// Runs a statement that returns no row, and has it ready for the next time.
static inline int sqlite_step(struct sqlite_connection *connection, int index) {
    int code = sqlite3_step(connection->statements[index]);
    sqlite3_reset(connection->statements[index]);
    return code == SQLITE_DONE ? 0 : sqlite_failed(connection, sqlite3_sql(connection->statements[index]));
}

#endif
