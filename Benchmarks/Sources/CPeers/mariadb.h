// What the peers on libmariadb share.
#ifndef CPEERS_MARIADB_H
#define CPEERS_MARIADB_H

#include "load.h"

#include <mysql.h>
#include <stdio.h>

/// The most statements of an operation.
enum { most_steps = 4 };

/// A session with its prepared statements, its key and the buffers of its row.
struct mariadb_session {
    MYSQL *connection;
    MYSQL_STMT *statements[most_steps];
    int64_t parameters[2];
    struct person_row person;
    unsigned long name_length;
    unsigned long email_length;
    MYSQL_TIME created;
    signed char active;
    int task;
    int step;
};

/// Says what failed, in libmariadb's words.
static inline int mariadb_failed(struct mariadb_session *session, const char *what) {
    const char *reason = "";
    for (int step = 0; step < most_steps && *reason == 0; step++) {
        if (session->statements[step] != NULL) reason = mysql_stmt_error(session->statements[step]);
    }
    if (*reason == 0 && session->connection != NULL) reason = mysql_error(session->connection);
    fprintf(stderr, "%s: %s\n", what, reason);
    return 1;
}

/// Opens a session that need not block from then on.
static inline int mariadb_open(struct mariadb_session *session, struct cpeers_address address) {
    session->connection = mysql_init(NULL);
    mysql_options(session->connection, MYSQL_OPT_NONBLOCK, NULL);
    mysql_options(session->connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    MYSQL *opened = mysql_real_connect(
        session->connection, address.host, address.user, address.password, address.database, address.port, NULL, 0
    );
    return opened != NULL ? 0 : mariadb_failed(session, "connect");
}

/// Prepares the statement of a step, with as many of the session's parameters as it has: a key, then 1.
static inline int mariadb_prepare(
    struct mariadb_session *session, int step, const char *statement, int parameters
) {
    session->parameters[1] = 1;
    session->statements[step] = mysql_stmt_init(session->connection);
    if (mysql_stmt_prepare(session->statements[step], statement, strlen(statement)) != 0) {
        return mariadb_failed(session, "prepare");
    }
    MYSQL_BIND binds[] = {
        {.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &session->parameters[0]},
        {.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &session->parameters[1]},
    };
    if (parameters == 0) return 0;
    return mysql_stmt_bind_param(session->statements[step], binds) == 0 ? 0 : mariadb_failed(session, "bind");
}

static inline void mariadb_close(struct mariadb_session *session) {
    for (int step = 0; step < most_steps; step++) {
        if (session->statements[step] != NULL) mysql_stmt_close(session->statements[step]);
    }
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
