#include "CPeers.h"

#include <sqlite3.h>
#include <string.h>
#include <time.h>

/// How many selects there are between two looks at the clock.
enum { batch = 256 };

struct person {
    int64_t id;
    char name[64];
    double score;
    int64_t visits;
};

const char *cpeers_sqlite_version(void) { return sqlite3_libversion(); }

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int select_person(sqlite3_stmt *statement, int64_t id, struct person *person) {
    int code = sqlite3_bind_int64(statement, 1, id);
    if (code != SQLITE_OK) return code;
    code = sqlite3_step(statement);
    if (code != SQLITE_ROW) return code == SQLITE_DONE ? SQLITE_NOTFOUND : code;
    person->id = sqlite3_column_int64(statement, 0);
    const unsigned char *name = sqlite3_column_text(statement, 1);
    size_t length = (size_t)sqlite3_column_bytes(statement, 1);
    if (name == NULL || length >= sizeof person->name) return SQLITE_MISMATCH;
    memcpy(person->name, name, length);
    person->name[length] = 0;
    person->score = sqlite3_column_double(statement, 2);
    person->visits = sqlite3_column_int64(statement, 3);
    code = sqlite3_step(statement);
    if (code != SQLITE_DONE) return code == SQLITE_ROW ? SQLITE_MISUSE : code;
    return sqlite3_reset(statement);
}

static int select_until(sqlite3_stmt *statement, int64_t id, double seconds, struct cpeers_tally *tally) {
    // Volatile, so that the compiler keeps the copies that nothing reads.
    volatile struct person kept;
    double start = now();
    do {
        for (int done = 0; done < batch; done++) {
            struct person person;
            int code = select_person(statement, id, &person);
            if (code != SQLITE_OK) return code;
            if (person.id != id) return SQLITE_CORRUPT;
            kept = person;
        }
        tally->operations += batch;
        tally->seconds = now() - start;
    } while (tally->seconds < seconds);
    (void)kept;
    return SQLITE_OK;
}

int cpeers_sqlite_select(const char *path, int64_t id, double seconds, struct cpeers_tally *tally) {
    static const char text[] = "SELECT id, name, score, visits FROM people WHERE id = ?";
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    // The flags of the dialect, so that neither side pays for a lock that the other does not have.
    int code = sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_prepare_v3(database, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    }
    if (code == SQLITE_OK) code = select_until(statement, id, seconds, tally);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return code;
}
