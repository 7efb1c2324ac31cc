#include "postgresql.h"

/// A buffer of rows in the binary form of COPY.
struct copy {
    char bytes[65536];
    int count;
};

static void put(struct copy *copy, const void *bytes, int count) {
    memcpy(copy->bytes + copy->count, bytes, (size_t)count);
    copy->count += count;
}

static void put_int16(struct copy *copy, int value) {
    uint16_t bytes = htobe16((uint16_t)value);
    put(copy, &bytes, sizeof bytes);
}

static void put_int32(struct copy *copy, int value) {
    uint32_t bytes = htobe32((uint32_t)value);
    put(copy, &bytes, sizeof bytes);
}

static void put_int64(struct copy *copy, int64_t value) {
    uint64_t bytes = htobe64((uint64_t)value);
    put_int32(copy, sizeof bytes);
    put(copy, &bytes, sizeof bytes);
}

static void put_row(struct copy *copy, int64_t id) {
    char name[64];
    int length = snprintf(name, sizeof name, "person number %lld", (long long)id);
    put_int16(copy, 4);
    put_int64(copy, id);
    put_int32(copy, length);
    put(copy, name, length);
    // PostgreSQL counts microseconds from 2000.
    put_int64(copy, id * 61000123);
    put_int32(copy, 4);
    put_int32(copy, (int)(3 * id));
}

static int flush(PGconn *session, struct copy *copy) {
    int is_sent = PQputCopyData(session, copy->bytes, copy->count) == 1;
    copy->count = 0;
    return is_sent ? 0 : postgresql_failed(session, "copy");
}

static int run_copy(PGconn *session, struct copy *copy) {
    static const char header[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
    PGresult *started = PQexec(session, "COPY bulk (id, name, created, visits) FROM STDIN (FORMAT binary)");
    int is_started = PQresultStatus(started) == PGRES_COPY_IN;
    PQclear(started);
    if (!is_started) return postgresql_failed(session, "copy");
    copy->count = 0;
    put(copy, header, sizeof header);
    for (int64_t id = 1; id <= cpeers_bulk_rows; id++) {
        put_row(copy, id);
        if (copy->count > (int)sizeof copy->bytes - 256 && flush(session, copy)) return 1;
    }
    put_int16(copy, -1);
    if (flush(session, copy) || PQputCopyEnd(session, NULL) != 1) return postgresql_failed(session, "copy");
    PGresult *result = PQgetResult(session);
    int is_complete = PQresultStatus(result) == PGRES_COMMAND_OK && atoi(PQcmdTuples(result)) == cpeers_bulk_rows;
    PQclear(result);
    PQclear(PQgetResult(session));
    return is_complete ? 0 : postgresql_failed(session, "rows are missing");
}

static int empty(PGconn *session) {
    PGresult *result = PQexec(session, "TRUNCATE bulk");
    int is_empty = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return is_empty ? 0 : postgresql_failed(session, "truncate");
}

int cpeers_postgresql_bulk(const char *url, double seconds, struct cpeers_tally *tally) {
    PGconn *session = postgresql_open(url);
    int failed = session == NULL;
    struct copy *copy = malloc(sizeof *copy);
    struct counting counting = counting_begin(tally, seconds);
    int64_t now = counting.start;
    while (!failed && counting_goes_on(&counting, now)) {
        failed = empty(session);
        int64_t began = nanoseconds_now();
        counting_skip(&counting, now, began);
        failed = failed || run_copy(session, copy);
        now = nanoseconds_now();
        counting_add(&counting, 0, cpeers_bulk_rows, began, now);
    }
    free(copy);
    PQfinish(session);
    return failed;
}
