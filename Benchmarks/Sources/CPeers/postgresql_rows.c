#include "postgresql.h"

static int fetch(PGconn *session, volatile struct person_row *kept) {
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
        is_right = is_right && person.visits == 3 * person.id;
        // Volatile, so that the compiler keeps the copies that nothing reads.
        kept->id = person.id;
        for (size_t index = 0; index < sizeof person.name / 8; index++) {
            ((volatile int64_t *)kept->name)[index] = ((int64_t *)person.name)[index];
        }
        kept->created = person.created;
        kept->visits = person.visits;
    }
    PQclear(result);
    return is_right ? 0 : postgresql_failed(session, "wrong rows");
}

int cpeers_postgresql_rows(const char *url, double seconds, struct cpeers_tally *tally) {
    static const char statement[] = "SELECT id, name, created, visits FROM people WHERE id <= $1";
    PGconn *session = postgresql_open(url);
    int failed = session == NULL || postgresql_prepare(session, "wanted", statement, 1);
    struct person_row kept;
    struct counting counting = counting_begin(tally, seconds);
    int64_t began = counting.start, now = began;
    for (; !failed && counting_goes_on(&counting, now); began = now) {
        failed = fetch(session, &kept);
        now = nanoseconds_now();
        counting_add(&counting, 0, cpeers_people, began, now);
    }
    PQfinish(session);
    return failed;
}
