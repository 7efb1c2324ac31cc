// What the peers on libmariadb share.
#ifndef CPEERS_MARIADB_H
#define CPEERS_MARIADB_H

#include "load.h"

#include <mysql.h>
#include <stdio.h>

/// A session with one prepared statement, its key and the buffers of its row.
struct mariadb_session {
    MYSQL *connection;
    MYSQL_STMT *statement;
    int64_t key;
    struct person_row person;
    unsigned long name_length;
    unsigned long email_length;
    MYSQL_TIME created;
    signed char active;
    int task;
};

/// Says what failed, in libmariadb's words.
static inline int mariadb_failed(struct mariadb_session *session, const char *what) {
    const char *reason = session->statement != NULL ? mysql_stmt_error(session->statement) : "";
    if (*reason == 0 && session->connection != NULL) reason = mysql_error(session->connection);
    fprintf(stderr, "%s: %s\n", what, reason);
    return 1;
}

/// Opens a session and prepares a statement with one parameter, the key; without blocking from then on.
static inline int mariadb_open(
    struct mariadb_session *session, struct cpeers_address address, const char *statement
) {
    session->connection = mysql_init(NULL);
    mysql_options(session->connection, MYSQL_OPT_NONBLOCK, NULL);
    mysql_options(session->connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (mysql_real_connect(
            session->connection, address.host, address.user, address.password, address.database, address.port, NULL, 0
        ) == NULL) {
        return mariadb_failed(session, "connect");
    }
    session->statement = mysql_stmt_init(session->connection);
    if (mysql_stmt_prepare(session->statement, statement, strlen(statement)) != 0) {
        return mariadb_failed(session, "prepare");
    }
    MYSQL_BIND parameter = {.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &session->key};
    return mysql_stmt_bind_param(session->statement, &parameter) == 0 ? 0 : mariadb_failed(session, "bind");
}

static inline void mariadb_close(struct mariadb_session *session) {
    if (session->statement != NULL) mysql_stmt_close(session->statement);
    if (session->connection != NULL) mysql_close(session->connection);
}

/// A column of a 64-bit integer, a text, a point in time, and so on, each with a buffer of the session's.
static inline MYSQL_BIND mariadb_id(struct mariadb_session *session) {
    return (MYSQL_BIND){.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &session->person.id};
}

static inline MYSQL_BIND mariadb_text(char *buffer, unsigned long *length) {
    return (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = buffer, .buffer_length = 64, .length = length};
}

static inline MYSQL_BIND mariadb_created(struct mariadb_session *session) {
    return (MYSQL_BIND){.buffer_type = MYSQL_TYPE_DATETIME, .buffer = &session->created};
}

static inline MYSQL_BIND mariadb_visits(struct mariadb_session *session) {
    return (MYSQL_BIND){.buffer_type = MYSQL_TYPE_LONG, .buffer = &session->person.visits};
}

/// Microseconds since 1970 of what libmariadb unpacked, because that is what the other side makes of it as well.
static inline int64_t mariadb_microseconds(const MYSQL_TIME *time) {
    // Days from the civil calendar, with March as the first month of a year.
    int64_t year = (int64_t)time->year - (time->month <= 2);
    int64_t month = time->month + (time->month <= 2 ? 9 : -3);
    int64_t days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + time->day - 1 - 719468;
    int64_t seconds = 86400 * days + 3600 * time->hour + 60 * time->minute + time->second;
    return 1000000 * seconds + (int64_t)time->second_part;
}

#endif
