#ifndef CPEERS_H
#define CPEERS_H

#include <stdint.h>

/// How many rows the table `people` of a server has at least; keys are drawn from 1 to that.
enum { cpeers_people = 10000 };

/// What a loop did: how many operations in how many seconds.
struct cpeers_tally {
    int64_t operations;
    double seconds;
};

/// How much a peer does at once.
struct cpeers_shape {
    /// How many sessions it opens.
    int sessions;
    /// How many logical tasks want a row at any time.
    int tasks;
};

/// The version of the sqlite3 that is linked.
const char *_Nonnull cpeers_sqlite_version(void);

/// Selects the row of `people` with the id `id` again and again for about `seconds`: one connection, one thread, one
/// prepared statement, each select a transaction of its own, all four columns copied out.
///
/// Returns an sqlite3 result code: 0 when every select found the row.
int cpeers_sqlite_select(const char *_Nonnull path, int64_t id, double seconds, struct cpeers_tally *_Nonnull tally);

// The peers below are programs of one thread on the drivers' non-blocking calls. They write what went wrong to the
// standard error and return 1; they return 0 when every select found its row.

/// Selects rows of `people` by key: one statement at a time on each session, one epoll for all of them.
int cpeers_postgresql_select(
    const char *_Nonnull url, struct cpeers_shape shape, double seconds, struct cpeers_tally *_Nonnull tally
);

/// Selects rows of `people` by key over few sessions in pipeline mode.
///
/// With `batched`, the statements that are ready at the same time are sent together, with one Sync for all; otherwise
/// each is sent at once with a Sync of its own.
int cpeers_postgresql_pipeline(
    const char *_Nonnull url, struct cpeers_shape shape, int batched, double seconds,
    struct cpeers_tally *_Nonnull tally
);

/// Fetches the first 10,000 rows of `people` again and again, four columns decoded; counts rows.
int cpeers_postgresql_rows(const char *_Nonnull url, double seconds, struct cpeers_tally *_Nonnull tally);

/// Where a MariaDB server is.
struct cpeers_address {
    const char *_Nonnull host;
    unsigned port;
    const char *_Nonnull user;
    const char *_Nullable password;
    const char *_Nonnull database;
};

/// Selects rows of `people` by key: one statement at a time on each session, one epoll for all of them.
int cpeers_mariadb_select(
    struct cpeers_address address, struct cpeers_shape shape, double seconds, struct cpeers_tally *_Nonnull tally
);

/// Fetches the first 10,000 rows of `people` again and again, four columns decoded; counts rows.
int cpeers_mariadb_rows(struct cpeers_address address, double seconds, struct cpeers_tally *_Nonnull tally);

#endif
