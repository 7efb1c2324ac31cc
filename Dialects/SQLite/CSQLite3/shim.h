#include <sqlite3.h>

#if defined(__linux__)
#include <sys/prctl.h>
#elif defined(__APPLE__)
#include <pthread.h>
#endif

// SQLITE_TRANSIENT is a cast macro, which Swift cannot import.
static inline sqlite3_destructor_type dialect_sqlite_transient(void) { return SQLITE_TRANSIENT; }

// sqlite3_db_config is variadic, which Swift cannot call. Only for the options that take an int and an int pointer.
static inline int dialect_sqlite_configure(sqlite3 *database, int option, int isOn, int *isOnNow) {
    return sqlite3_db_config(database, option, isOn, isOnNow);
}

// Names the calling thread. Linux keeps the first 15 bytes.
static inline void dialect_sqlite_name_thread(const char *name) {
#if defined(__linux__)
    prctl(PR_SET_NAME, name, 0, 0, 0);
#elif defined(__APPLE__)
    pthread_setname_np(name);
#else
    (void)name;
#endif
}
