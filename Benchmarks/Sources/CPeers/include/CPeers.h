#ifndef CPEERS_H
#define CPEERS_H

#include <stdint.h>

/// What a loop did: how many operations in how many seconds.
struct cpeers_tally {
    int64_t operations;
    double seconds;
};

/// The version of the sqlite3 that is linked.
const char *_Nonnull cpeers_sqlite_version(void);

/// Selects the row of `people` with the id `id` again and again for about `seconds`: one connection, one thread, one
/// prepared statement, each select a transaction of its own, all four columns copied out.
///
/// Returns an sqlite3 result code: 0 when every select found the row.
int cpeers_sqlite_select(const char *_Nonnull path, int64_t id, double seconds, struct cpeers_tally *_Nonnull tally);

#endif
