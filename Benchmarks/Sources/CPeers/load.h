// What every peer of a server shares: the tasks that want something, and the clock.
#ifndef CPEERS_LOAD_H
#define CPEERS_LOAD_H

#include "CPeers.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/// The most tasks and sessions that a peer has.
enum { most_tasks = 256, most_sessions = 64 };

/// A closed loop of logical tasks: each wants its next row as soon as it has the last one, and waits in a queue while
/// every session is busy.
struct load {
    int tasks;
    uint64_t seeds[most_tasks];
    int64_t keys[most_tasks];
    int queue[most_tasks];
    int first;
    int count;
};

static inline double cpeers_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/// Draws the next key of a task, from 1 to `cpeers_people`, and puts the task at the end of the queue.
static inline void load_push(struct load *load, int task) {
    uint64_t seed = load->seeds[task];
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    load->seeds[task] = seed;
    load->keys[task] = 1 + (int64_t)(seed % cpeers_people);
    load->queue[(load->first + load->count++) % most_tasks] = task;
}

/// Takes the task that has waited longest; -1 when none waits.
static inline int load_pop(struct load *load) {
    if (load->count == 0) return -1;
    int task = load->queue[load->first];
    load->first = (load->first + 1) % most_tasks;
    load->count--;
    return task;
}

static inline void load_begin(struct load *load, int tasks) {
    memset(load, 0, sizeof *load);
    load->tasks = tasks;
    for (int task = 0; task < tasks; task++) {
        load->seeds[task] = 0x9E3779B97F4A7C15u * (uint64_t)(task + 1);
        load_push(load, task);
    }
}

/// A row of `people`, decoded.
struct person_row {
    int64_t id;
    char name[64];
    char email[64];
    int64_t created;
    int active;
    int32_t visits;
};

#endif
