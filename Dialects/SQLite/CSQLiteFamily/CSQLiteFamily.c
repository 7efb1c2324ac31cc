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

// The address of an optional function is null where the library does not have it.

int dialect_sqlite_prepare(
    sqlite3 *database,
    const char *sql,
    int bytes,
    unsigned int flags,
    sqlite3_stmt **statement,
    const char **rest
) {
    if (sqlite3_prepare_v3 == NULL) return sqlite3_prepare_v2(database, sql, bytes, statement, rest);
    return sqlite3_prepare_v3(database, sql, bytes, flags, statement, rest);
}

sqlite3_int64 dialect_sqlite_changes(sqlite3 *database) {
    return sqlite3_changes64 == NULL ? sqlite3_changes(database) : sqlite3_changes64(database);
}

int dialect_sqlite_is_reading(sqlite3 *database) {
    return sqlite3_txn_state != NULL && sqlite3_txn_state(database, NULL) == SQLITE_TXN_READ;
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
