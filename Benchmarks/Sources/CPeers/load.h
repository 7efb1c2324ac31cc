// The tasks of a peer with several sessions.
#ifndef CPEERS_LOAD_H
#define CPEERS_LOAD_H

#include "tally.h"

#include <stdlib.h>

/// The most sessions that a peer has.
enum { most_sessions = 64 };

/// A closed loop of logical tasks: each wants something as soon as it has the last one, and waits in a queue while every
/// session is busy.
struct load {
    struct counting counting;
    uint64_t seeds[cpeers_most_tasks];
    int64_t keys[cpeers_most_tasks];
    int64_t began[cpeers_most_tasks];
    int queue[cpeers_most_tasks];
    int first;
    int count;
};

/// Draws the next key of a task and puts the task at the end of the queue.
static inline void load_push(struct load *load, int task, int64_t now) {
    load->keys[task] = key_next(&load->seeds[task]);
    load->began[task] = now;
    load->queue[(load->first + load->count++) % cpeers_most_tasks] = task;
}

/// Counts what a task has got, and lets it want the next.
static inline void load_done(struct load *load, int task) {
    int64_t now = nanoseconds_now();
    counting_add(&load->counting, task, 1, load->began[task], now);
    load_push(load, task, now);
}

/// Takes the task that has waited longest; -1 when none waits.
static inline int load_pop(struct load *load) {
    if (load->count == 0) return -1;
    int task = load->queue[load->first];
    load->first = (load->first + 1) % cpeers_most_tasks;
    load->count--;
    return task;
}

static inline void load_begin(struct load *load, struct cpeers_shape shape, struct cpeers_tally *tally) {
    memset(load, 0, sizeof *load);
    load->counting = counting_begin(tally, shape.seconds);
    for (int task = 0; task < shape.tasks; task++) {
        load->seeds[task] = key_seed(task);
        load_push(load, task, load->counting.start);
    }
}

static inline int load_goes_on(struct load *load) { return counting_goes_on(&load->counting, nanoseconds_now()); }

#endif
