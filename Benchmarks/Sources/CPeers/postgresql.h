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

/// Opens a session and prepares the statement `wanted` with one parameter.
static inline PGconn *postgresql_open(const char *url, const char *statement) {
    PGconn *session = PQconnectdb(url);
    if (PQstatus(session) != CONNECTION_OK) {
        postgresql_failed(session, "connect");
        PQfinish(session);
        return NULL;
    }
    static const Oid types[] = {20};
    PGresult *result = PQprepare(session, "wanted", statement, 1, types);
    int prepared = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!prepared) {
        postgresql_failed(session, "prepare");
        PQfinish(session);
        return NULL;
    }
    return session;
}

static const char postgresql_select[] =
    "SELECT id, name, email, created, active, visits FROM people WHERE id = $1";

/// Sends the prepared statement with a key; results come in binary.
static inline int postgresql_send(PGconn *session, int64_t key) {
    uint64_t bytes = htobe64((uint64_t)key);
    const char *values[] = {(const char *)&bytes};
    const int lengths[] = {sizeof bytes};
    static const int formats[] = {1};
    return PQsendQueryPrepared(session, "wanted", 1, values, lengths, formats, 1);
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
    return person.id == key;
}

#endif
