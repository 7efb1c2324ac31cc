#include "postgresql.h"

static int fetch(PGconn *session, volatile struct person_row *kept, int64_t *rows) {
    uint64_t bytes = htobe64(cpeers_people);
    const char *values[] = {(const char *)&bytes};
    const int lengths[] = {sizeof bytes};
    static const int formats[] = {1};
    PGresult *result = PQexecPrepared(session, "wanted", 1, values, lengths, formats, 1);
    int count = PQresultStatus(result) == PGRES_TUPLES_OK ? PQntuples(result) : 0;
    int is_right = count == cpeers_people;
    for (int row = 0; row < count && is_right; row++) {
        struct person_row person;
        person.id = postgresql_int64(result, row, 0);
        is_right = postgresql_text(result, row, 1, person.name);
        person.created = postgresql_int64(result, row, 2);
        person.visits = postgresql_int32(result, row, 3);
        // Volatile, so that the compiler keeps the copies that nothing reads.
        kept->id = person.id;
        for (size_t index = 0; index < sizeof person.name / 8; index++) {
            ((volatile int64_t *)kept->name)[index] = ((int64_t *)person.name)[index];
        }
        kept->created = person.created;
        kept->visits = person.visits;
    }
    PQclear(result);
    *rows += count;
    return is_right ? 0 : postgresql_failed(session, "wrong rows");
}

int cpeers_postgresql_rows(const char *url, double seconds, struct cpeers_tally *tally) {
    static const char statement[] = "SELECT id, name, created, visits FROM people WHERE id <= $1";
    PGconn *session = postgresql_open(url, statement);
    if (session == NULL) return 1;
    struct person_row kept;
    int failed = 0;
    double start = cpeers_now();
    do {
        failed = fetch(session, &kept, &tally->operations);
        tally->seconds = cpeers_now() - start;
    } while (!failed && tally->seconds < seconds);
    PQfinish(session);
    return failed;
}
