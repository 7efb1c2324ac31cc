// What the peers on libpq share.
#ifndef CPEERS_POSTGRESQL_H
#define CPEERS_POSTGRESQL_H

#include "load.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>

/// Says what failed, in libpq's words.
static inline int postgresql_failed(PGconn *session, const char *what) {
    fprintf(stderr, "%s: %s\n", what, session != NULL ? PQerrorMessage(session) : "no session");
    return 1;
}

/// Opens a session; NULL when that fails.
static inline PGconn *postgresql_open(const char *url) {
    PGconn *session = PQconnectdb(url);
    if (PQstatus(session) == CONNECTION_OK) return session;
    postgresql_failed(session, "connect");
    PQfinish(session);
    return NULL;
}

/// Prepares a statement whose parameters are all of 64-bit integers.
static inline int postgresql_prepare(PGconn *session, const char *name, const char *statement, int parameters) {
    static const Oid types[] = {20, 20};
    PGresult *result = PQprepare(session, name, statement, parameters, types);
    int is_prepared = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return is_prepared ? 0 : postgresql_failed(session, "prepare");
}

static const char postgresql_select[] =
    "SELECT id, name, email, created, active, visits FROM people WHERE id = $1";

/// Sends a prepared statement with as many parameters as it has, first a key, then 1; results come in binary.
static inline int postgresql_send(PGconn *session, const char *name, int parameters, int64_t key) {
    uint64_t bytes = htobe64((uint64_t)key), one = htobe64(1);
    const char *values[] = {(const char *)&bytes, (const char *)&one};
    const int lengths[] = {sizeof bytes, sizeof one};
    static const int formats[] = {1, 1};
    return PQsendQueryPrepared(session, name, parameters, values, lengths, formats, 1);
}

static inline int64_t postgresql_int64(const PGresult *result, int row, int column) {
    uint64_t bits;
    memcpy(&bits, PQgetvalue(result, row, column), sizeof bits);
    return (int64_t)be64toh(bits);
}

static inline int32_t postgresql_int32(const PGresult *result, int row, int column) {
    uint32_t bits;
    memcpy(&bits, PQgetvalue(result, row, column), sizeof bits);
    return (int32_t)be32toh(bits);
}

/// Copies a text of less than 64 bytes; 0 when it is longer.
static inline int postgresql_text(const PGresult *result, int row, int column, char *text) {
    int length = PQgetlength(result, row, column);
    if (length >= 64) return 0;
    memcpy(text, PQgetvalue(result, row, column), (size_t)length);
    text[length] = 0;
    return 1;
}

/// Decodes the one row of a select; 0 when it is not the wanted one.
static inline int postgresql_person(const PGresult *result, int64_t key, volatile struct person_row *kept) {
    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1) return 0;
    struct person_row person;
    person.id = postgresql_int64(result, 0, 0);
    if (!postgresql_text(result, 0, 1, person.name) || !postgresql_text(result, 0, 2, person.email)) return 0;
    person.created = postgresql_int64(result, 0, 3);
    person.active = *PQgetvalue(result, 0, 4);
    person.visits = postgresql_int32(result, 0, 5);
    // Volatile, so that the compiler keeps the copies that nothing reads.
    *kept = person;
    return person.id == key && person.visits == 3 * key;
}

#endif
