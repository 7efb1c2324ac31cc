#include "sqlite.h"

const char *cpeers_sqlite_version(void) { return sqlite3_libversion(); }

static int select_person(struct sqlite_connection *connection, int64_t id, volatile struct person_row *kept) {
    sqlite3_stmt *statement = connection->statements[0];
    sqlite3_bind_int64(statement, 1, id);
    if (sqlite3_step(statement) != SQLITE_ROW) return sqlite_failed(connection, "no row");
    struct person_row person;
    person.id = sqlite3_column_int64(statement, 0);
    int is_right = sqlite_text(statement, 1, person.name) && sqlite_text(statement, 2, person.email);
    person.score = sqlite3_column_double(statement, 3);
    person.active = sqlite3_column_int(statement, 4);
    person.visits = sqlite3_column_int(statement, 5);
    is_right = is_right && person.id == id && person.visits == 3 * id && sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
    // Volatile, so that the compiler keeps the copies that nothing reads.
    *kept = person;
    return is_right ? 0 : sqlite_failed(connection, "wrong row");
}

int cpeers_sqlite_select(const char *path, double seconds, struct cpeers_tally *tally) {
    static const char text[] = "SELECT id, name, email, score, active, visits FROM people WHERE id = ?";
    struct sqlite_connection connection = {0};
    int failed = sqlite_open(&connection, path) || sqlite_prepare(&connection, 0, text);
    struct person_row kept;
    uint64_t seed = key_seed(0);
    struct counting counting = counting_begin(tally, seconds);
    int64_t began = counting.start, now = began;
    for (; !failed && counting_goes_on(&counting, now); began = now) {
        failed = select_person(&connection, key_next(&seed), &kept);
        now = nanoseconds_now();
        counting_add(&counting, 0, 1, began, now);
    }
    sqlite_close(&connection);
    return failed;
}

static int fetch(struct sqlite_connection *connection, volatile struct person_row *kept) {
    sqlite3_stmt *statement = connection->statements[0];
    sqlite3_bind_int64(statement, 1, cpeers_people);
    int count = 0, is_right = 1;
    for (; is_right && sqlite3_step(statement) == SQLITE_ROW; count++) {
        kept->id = sqlite3_column_int64(statement, 0);
        char name[64];
        is_right = sqlite_text(statement, 1, name);
        for (size_t index = 0; index < sizeof name / 8; index++) {
            ((volatile int64_t *)kept->name)[index] = ((int64_t *)name)[index];
        }
        kept->score = sqlite3_column_double(statement, 2);
        kept->visits = sqlite3_column_int(statement, 3);
        is_right = is_right && kept->visits == 3 * kept->id;
    }
    sqlite3_reset(statement);
    return is_right && count == cpeers_people ? 0 : sqlite_failed(connection, "wrong rows");
}

int cpeers_sqlite_rows(const char *path, double seconds, struct cpeers_tally *tally) {
    static const char text[] = "SELECT id, name, score, visits FROM people WHERE id <= ?";
    struct sqlite_connection connection = {0};
    int failed = sqlite_open(&connection, path) || sqlite_prepare(&connection, 0, text);
    struct person_row kept;
    struct counting counting = counting_begin(tally, seconds);
    int64_t began = counting.start, now = began;
    for (; !failed && counting_goes_on(&counting, now); began = now) {
        failed = fetch(&connection, &kept);
        now = nanoseconds_now();
        counting_add(&counting, 0, cpeers_people, began, now);
    }
    sqlite_close(&connection);
    return failed;
}
