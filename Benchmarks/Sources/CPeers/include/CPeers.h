#ifndef CPEERS_H
#define CPEERS_H

#include <stdint.h>

/// How many rows the table `people` has at least, and how many accounts there are; keys are drawn from 1 to that.
enum { cpeers_people = 10000 };

/// How many rows a bulk insertion inserts.
enum { cpeers_bulk_rows = 100000 };

/// The most tasks that a peer has, and in how many classes it sorts latencies.
enum { cpeers_most_tasks = 256, cpeers_latency_classes = 4736 };

/// What a loop did, without its first tenth, which warms up.
struct cpeers_tally {
    int64_t operations;
    double seconds;
    /// The processor time of this process.
    double cpu_seconds;
    int64_t operations_of_task[cpeers_most_tasks];
    /// How many latencies are in which class; see `cpeers_latency`.
    int64_t latencies[cpeers_latency_classes];
};

/// The nanoseconds that the latencies of a class have at least; a class is less than a hundredth wide.
int64_t cpeers_latency(int class_);

// Swift does not see arrays of that size.
int64_t cpeers_latency_count(const struct cpeers_tally *_Nonnull tally, int class_);
int64_t cpeers_operations_of_task(const struct cpeers_tally *_Nonnull tally, int task);

/// How much a peer does at once, and for how long.
struct cpeers_shape {
    /// How many sessions it opens.
    int sessions;
    /// How many logical tasks want something at any time.
    int tasks;
    double seconds;
};

/// The versions of the client libraries, as they say themselves at run time.
const char *_Nonnull cpeers_sqlite_version(void);
const char *_Nonnull cpeers_mariadb_version(void);
int cpeers_postgresql_version(void);

// The peers are programs of one thread. They write what went wrong to the standard error and return 1; they return 0
// when every operation had the result that it must have.
//
// `select` is a row of `people` by key; `transaction` inserts an entry and updates an account; `rows` are the first 10,000
// rows of `people`, four columns decoded; `bulk` inserts 100,000 rows into `bulk`, in one transaction. `rows` and
// `bulk` count rows.

/// One statement at a time on each session, one epoll for all of them.
int cpeers_postgresql_select(const char *_Nonnull url, struct cpeers_shape shape, struct cpeers_tally *_Nonnull tally);

/// Few sessions in pipeline mode.
///
/// With `batched`, the statements that are ready at the same time are sent together, with one Sync for all; otherwise
/// each is sent at once with a Sync of its own.
int cpeers_postgresql_pipeline(
    const char *_Nonnull url, struct cpeers_shape shape, int batched, struct cpeers_tally *_Nonnull tally
);

int cpeers_postgresql_transaction(
    const char *_Nonnull url, struct cpeers_shape shape, struct cpeers_tally *_Nonnull tally
);
int cpeers_postgresql_rows(const char *_Nonnull url, double seconds, struct cpeers_tally *_Nonnull tally);

/// By COPY in its binary form.
int cpeers_postgresql_bulk(const char *_Nonnull url, double seconds, struct cpeers_tally *_Nonnull tally);

/// Opens that many sessions and leaves them open, for their memory.
int cpeers_postgresql_sessions(const char *_Nonnull url, int count);

/// Where a MariaDB server is.
struct cpeers_address {
    const char *_Nonnull host;
    unsigned port;
    const char *_Nonnull user;
    const char *_Nullable password;
    const char *_Nonnull database;
};

int cpeers_mariadb_select(
    struct cpeers_address address, struct cpeers_shape shape, struct cpeers_tally *_Nonnull tally
);
int cpeers_mariadb_transaction(
    struct cpeers_address address, struct cpeers_shape shape, struct cpeers_tally *_Nonnull tally
);
int cpeers_mariadb_rows(struct cpeers_address address, double seconds, struct cpeers_tally *_Nonnull tally);

/// By arrays of parameters, MariaDB's own addition to prepared statements.
int cpeers_mariadb_bulk(struct cpeers_address address, double seconds, struct cpeers_tally *_Nonnull tally);

// One connection, one thread, prepared statements, each select a transaction of its own.

int cpeers_sqlite_select(const char *_Nonnull path, double seconds, struct cpeers_tally *_Nonnull tally);
int cpeers_sqlite_transaction(const char *_Nonnull path, double seconds, struct cpeers_tally *_Nonnull tally);
int cpeers_sqlite_rows(const char *_Nonnull path, double seconds, struct cpeers_tally *_Nonnull tally);
int cpeers_sqlite_bulk(const char *_Nonnull path, double seconds, struct cpeers_tally *_Nonnull tally);

#endif
