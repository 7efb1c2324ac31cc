// What every peer shares: the clock, the keys, and the counting.
#ifndef CPEERS_TALLY_H
#define CPEERS_TALLY_H

#include "CPeers.h"

#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/// A loop that is counted.
struct counting {
    struct cpeers_tally *tally;
    double seconds;
    int is_warm;
    int64_t start;
    int64_t end;
    double cpu_before;
};

static inline int64_t nanoseconds_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/// The processor time of the process so far, in user and kernel mode.
static inline double cpu_seconds_now(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static inline struct counting counting_begin(struct cpeers_tally *tally, double seconds) {
    struct counting counting = {.tally = tally, .seconds = seconds};
    memset(tally, 0, sizeof *tally);
    counting.start = nanoseconds_now();
    counting.end = counting.start + (int64_t)(seconds * 1e8);
    return counting;
}

/// Whether the loop goes on; forgets what was counted once the loop is warm.
static inline int counting_goes_on(struct counting *counting, int64_t now) {
    if (now < counting->end) return 1;
    if (!counting->is_warm) {
        memset(counting->tally, 0, sizeof *counting->tally);
        counting->is_warm = 1;
        counting->start = now;
        counting->end = now + (int64_t)(counting->seconds * 1e9);
        counting->cpu_before = cpu_seconds_now();
        return 1;
    }
    counting->tally->seconds = (double)(now - counting->start) / 1e9;
    counting->tally->cpu_seconds = cpu_seconds_now() - counting->cpu_before;
    return 0;
}

/// Leaves a stretch of time out, such as one that empties a table.
static inline void counting_skip(struct counting *counting, int64_t began, int64_t ended) {
    counting->start += ended - began;
    counting->end += ended - began;
}

/// The class of a latency: those below 256 ns one by one, then 128 for each doubling.
static inline int latency_class(int64_t nanoseconds) {
    if (nanoseconds < 256) return nanoseconds < 0 ? 0 : (int)nanoseconds;
    int shift = 56 - __builtin_clzll((uint64_t)nanoseconds);
    int class_ = shift * 128 + (int)(nanoseconds >> shift);
    return class_ < cpeers_latency_classes ? class_ : cpeers_latency_classes - 1;
}

/// Counts one call of a task that did so many operations.
static inline void counting_add(
    struct counting *counting, int task, int64_t operations, int64_t began, int64_t ended
) {
    counting->tally->operations += operations;
    counting->tally->operations_of_task[task] += operations;
    counting->tally->latencies[latency_class(ended - began)]++;
}

/// Draws the next key, from 1 to `cpeers_people`, by Marsaglia's xorshift.
static inline int64_t key_next(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return 1 + (int64_t)(*seed % cpeers_people);
}

static inline uint64_t key_seed(int task) { return 0x9E3779B97F4A7C15u * (uint64_t)(task + 1); }

/// A row of `people`, decoded.
struct person_row {
    int64_t id;
    char name[64];
    char email[64];
    int64_t created;
    double score;
    int active;
    int32_t visits;
};

#endif
