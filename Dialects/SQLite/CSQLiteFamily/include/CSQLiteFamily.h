// The part of sqlite3's C interface that SQLiteFamily calls.
//
// Declared here and not taken from <sqlite3.h>, because which library offers these functions is for the program to say
// that links it: sqlite3, SQLCipher, and others export the same names. Nothing here links one. The interface has been
// stable since 3.0 (https://sqlite.org/c3ref/intro.html); a dialect's package can prove that the header of its library
// agrees, as CSQLiteFamilyCheck does for sqlite3.
#ifndef C_SQLITE_FAMILY_H
#define C_SQLITE_FAMILY_H

#if defined(__APPLE__)
#define SQLITE_FAMILY_OPTIONAL __attribute__((weak_import))
#else
#define SQLITE_FAMILY_OPTIONAL __attribute__((weak))
#endif

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
typedef long long int sqlite3_int64;
typedef unsigned long long int sqlite3_uint64;
typedef void (*sqlite3_destructor_type)(void *);

// Result codes: https://sqlite.org/rescode.html
#define SQLITE_OK 0
#define SQLITE_ERROR 1
#define SQLITE_PERM 3
#define SQLITE_ABORT 4
#define SQLITE_BUSY 5
#define SQLITE_LOCKED 6
#define SQLITE_READONLY 8
#define SQLITE_INTERRUPT 9
#define SQLITE_IOERR 10
#define SQLITE_CORRUPT 11
#define SQLITE_FULL 13
#define SQLITE_CANTOPEN 14
#define SQLITE_PROTOCOL 15
#define SQLITE_TOOBIG 18
#define SQLITE_CONSTRAINT 19
#define SQLITE_MISMATCH 20
#define SQLITE_AUTH 23
#define SQLITE_NOTADB 26
#define SQLITE_ROW 100
#define SQLITE_DONE 101

// The library: https://sqlite.org/c3ref/libversion.html
const char *sqlite3_libversion(void);
int sqlite3_libversion_number(void);
int sqlite3_threadsafe(void);

// Connections: https://sqlite.org/c3ref/sqlite3.html
#define SQLITE_OPEN_READONLY 0x00000001
#define SQLITE_OPEN_READWRITE 0x00000002
#define SQLITE_OPEN_CREATE 0x00000004
#define SQLITE_OPEN_NOMUTEX 0x00008000
#define SQLITE_DBCONFIG_ENABLE_FKEY 1002
#define SQLITE_DBCONFIG_DQS_DML 1013
#define SQLITE_DBCONFIG_DQS_DDL 1014
#define SQLITE_TXN_READ 1
int sqlite3_open_v2(const char *path, sqlite3 **database, int flags, const char *vfs);
int sqlite3_close(sqlite3 *);
int sqlite3_close_v2(sqlite3 *);
int sqlite3_extended_result_codes(sqlite3 *, int isOn);
int sqlite3_db_config(sqlite3 *, int option, ...);
int sqlite3_db_readonly(sqlite3 *, const char *schema);
int sqlite3_get_autocommit(sqlite3 *);
int sqlite3_txn_state(sqlite3 *, const char *schema) SQLITE_FAMILY_OPTIONAL;  // 3.34
int sqlite3_changes(sqlite3 *);
sqlite3_int64 sqlite3_changes64(sqlite3 *) SQLITE_FAMILY_OPTIONAL;  // 3.37
const char *sqlite3_errmsg(sqlite3 *);
void sqlite3_interrupt(sqlite3 *);
void sqlite3_progress_handler(sqlite3 *, int instructions, int (*handler)(void *), void *context);

// What statements do: https://sqlite.org/c3ref/c_alter_table.html
#define SQLITE_DENY 1
#define SQLITE_CREATE_INDEX 1
#define SQLITE_CREATE_TABLE 2
#define SQLITE_CREATE_TEMP_INDEX 3
#define SQLITE_CREATE_TEMP_TABLE 4
#define SQLITE_CREATE_TEMP_TRIGGER 5
#define SQLITE_CREATE_TEMP_VIEW 6
#define SQLITE_CREATE_TRIGGER 7
#define SQLITE_CREATE_VIEW 8
#define SQLITE_DELETE 9
#define SQLITE_DROP_INDEX 10
#define SQLITE_DROP_TABLE 11
#define SQLITE_DROP_TEMP_INDEX 12
#define SQLITE_DROP_TEMP_TABLE 13
#define SQLITE_DROP_TEMP_TRIGGER 14
#define SQLITE_DROP_TEMP_VIEW 15
#define SQLITE_DROP_TRIGGER 16
#define SQLITE_DROP_VIEW 17
#define SQLITE_INSERT 18
#define SQLITE_PRAGMA 19
#define SQLITE_READ 20
#define SQLITE_TRANSACTION 22
#define SQLITE_UPDATE 23
#define SQLITE_ATTACH 24
#define SQLITE_DETACH 25
#define SQLITE_ALTER_TABLE 26
#define SQLITE_REINDEX 27
#define SQLITE_ANALYZE 28
#define SQLITE_CREATE_VTABLE 29
#define SQLITE_DROP_VTABLE 30
int sqlite3_set_authorizer(
    sqlite3 *,
    int (*authorizer)(void *, int, const char *, const char *, const char *, const char *),
    void *context
);

// Statements: https://sqlite.org/c3ref/stmt.html
#define SQLITE_PREPARE_PERSISTENT 0x01
#define SQLITE_STMTSTATUS_REPREPARE 5
int sqlite3_prepare_v2(sqlite3 *, const char *sql, int bytes, sqlite3_stmt **statement, const char **rest);
int sqlite3_prepare_v3(
    sqlite3 *,
    const char *sql,
    int bytes,
    unsigned int flags,
    sqlite3_stmt **statement,
    const char **rest
) SQLITE_FAMILY_OPTIONAL;  // 3.20
sqlite3_stmt *sqlite3_next_stmt(sqlite3 *, sqlite3_stmt *);
int sqlite3_step(sqlite3_stmt *);
int sqlite3_reset(sqlite3_stmt *);
int sqlite3_finalize(sqlite3_stmt *);
int sqlite3_stmt_readonly(sqlite3_stmt *);
int sqlite3_stmt_status(sqlite3_stmt *, int counter, int resets);

// Parameters: https://sqlite.org/c3ref/bind_blob.html
#define SQLITE_UTF8 1
#define SQLITE_TRANSIENT ((sqlite3_destructor_type)-1)
int sqlite3_bind_parameter_count(sqlite3_stmt *);
const char *sqlite3_bind_parameter_name(sqlite3_stmt *, int position);
int sqlite3_bind_null(sqlite3_stmt *, int position);
int sqlite3_bind_int64(sqlite3_stmt *, int position, sqlite3_int64);
int sqlite3_bind_double(sqlite3_stmt *, int position, double);
int sqlite3_bind_text64(
    sqlite3_stmt *,
    int position,
    const char *,
    sqlite3_uint64 bytes,
    void (*destructor)(void *),
    unsigned char encoding
);
int sqlite3_bind_blob64(sqlite3_stmt *, int position, const void *, sqlite3_uint64 bytes, void (*destructor)(void *));
int sqlite3_bind_zeroblob(sqlite3_stmt *, int position, int bytes);
int sqlite3_clear_bindings(sqlite3_stmt *);

// Columns: https://sqlite.org/c3ref/column_blob.html
#define SQLITE_INTEGER 1
#define SQLITE_FLOAT 2
#define SQLITE_TEXT 3
#define SQLITE_BLOB 4
int sqlite3_column_count(sqlite3_stmt *);
const char *sqlite3_column_name(sqlite3_stmt *, int column);
const char *sqlite3_column_decltype(sqlite3_stmt *, int column);
const unsigned char *sqlite3_column_text(sqlite3_stmt *, int column);

// The value of a column, and what it is: https://sqlite.org/c3ref/value_blob.html
// Not by sqlite3's own names, because its headers do not agree on what a `sqlite3_value` is called behind them.
void *dialect_sqlite_value(sqlite3_stmt *, int column);
int dialect_sqlite_value_type(void *);
sqlite3_int64 dialect_sqlite_value_int64(void *);
double dialect_sqlite_value_double(void *);
const unsigned char *dialect_sqlite_value_text(void *);
const void *dialect_sqlite_value_blob(void *);
int dialect_sqlite_value_bytes(void *);

// SQLITE_TRANSIENT is a cast macro, which Swift cannot import.
static inline sqlite3_destructor_type dialect_sqlite_transient(void) { return SQLITE_TRANSIENT; }

// sqlite3_db_config is variadic, which Swift cannot call. Only for the options that take an int and an int pointer.
int dialect_sqlite_configure(sqlite3 *, int option, int isOn, int *isOnNow);

// Prepares a statement; a library that has no flags for that gets none.
int dialect_sqlite_prepare(
    sqlite3 *,
    const char *sql,
    int bytes,
    unsigned int flags,
    sqlite3_stmt **statement,
    const char **rest
);

// The number of rows that the last INSERT, UPDATE or DELETE matched; an old library counts to two billion.
sqlite3_int64 dialect_sqlite_changes(sqlite3 *);

// Whether a transaction has read and not written. An old library cannot tell, and then the answer is no.
int dialect_sqlite_is_reading(sqlite3 *);

// How often a statement was prepared again because the schema had changed; -1 where an old library does not count.
int dialect_sqlite_repreparations(sqlite3_stmt *);

// Names the calling thread. Linux keeps the first 15 bytes.
void dialect_sqlite_name_thread(const char *name);

// What the calling thread runs: the executor that was last set on it, or NULL.
void *dialect_sqlite_current_executor(void);
void dialect_sqlite_set_current_executor(void *);

#endif
