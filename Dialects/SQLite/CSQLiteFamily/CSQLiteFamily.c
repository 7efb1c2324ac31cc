#include "CSQLiteFamily.h"

#include <stddef.h>

#if defined(__linux__)
#include <sys/prctl.h>
#elif defined(__APPLE__)
#include <pthread.h>
#endif

int dialect_sqlite_configure(sqlite3 *database, int option, int isOn, int *isOnNow) {
    return sqlite3_db_config(database, option, isOn, isOnNow);
}

// An optional function is called only if the library has it. Its address alone does not tell: a program may have a second,
// newer library, whose function must not get this one's handles.
static int is_from(int release) { return sqlite3_libversion_number() >= release; }

int dialect_sqlite_prepare(
    sqlite3 *database,
    const char *sql,
    int bytes,
    unsigned int flags,
    sqlite3_stmt **statement,
    const char **rest
) {
    if (sqlite3_prepare_v3 != NULL && is_from(3020000)) {
        return sqlite3_prepare_v3(database, sql, bytes, flags, statement, rest);
    }
    return sqlite3_prepare_v2(database, sql, bytes, statement, rest);
}

sqlite3_int64 dialect_sqlite_changes(sqlite3 *database) {
    if (sqlite3_changes64 != NULL && is_from(3037000)) return sqlite3_changes64(database);
    return sqlite3_changes(database);
}

int dialect_sqlite_is_reading(sqlite3 *database) {
    return sqlite3_txn_state != NULL && is_from(3034000) && sqlite3_txn_state(database, NULL) == SQLITE_TXN_READ;
}

int dialect_sqlite_repreparations(sqlite3_stmt *statement) {
    // An older library would read beyond its counters.
    return is_from(3020000) ? sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_REPREPARE, 0) : -1;
}

void dialect_sqlite_name_thread(const char *name) {
#if defined(__linux__)
    prctl(PR_SET_NAME, name, 0, 0, 0);
#elif defined(__APPLE__)
    pthread_setname_np(name);
#else
    (void)name;
#endif
}

typedef struct sqlite3_value sqlite3_value;
sqlite3_value *sqlite3_column_value(sqlite3_stmt *, int column);
int sqlite3_value_type(sqlite3_value *);
sqlite3_int64 sqlite3_value_int64(sqlite3_value *);
double sqlite3_value_double(sqlite3_value *);
const unsigned char *sqlite3_value_text(sqlite3_value *);
const void *sqlite3_value_blob(sqlite3_value *);
int sqlite3_value_bytes(sqlite3_value *);

void *dialect_sqlite_value(sqlite3_stmt *statement, int column) { return sqlite3_column_value(statement, column); }
int dialect_sqlite_value_type(void *value) { return sqlite3_value_type(value); }
sqlite3_int64 dialect_sqlite_value_int64(void *value) { return sqlite3_value_int64(value); }
double dialect_sqlite_value_double(void *value) { return sqlite3_value_double(value); }
const unsigned char *dialect_sqlite_value_text(void *value) { return sqlite3_value_text(value); }
const void *dialect_sqlite_value_blob(void *value) { return sqlite3_value_blob(value); }
int dialect_sqlite_value_bytes(void *value) { return sqlite3_value_bytes(value); }

static _Thread_local void *current_executor;

void *dialect_sqlite_current_executor(void) { return current_executor; }

void dialect_sqlite_set_current_executor(void *executor) { current_executor = executor; }
