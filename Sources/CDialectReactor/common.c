#if defined(__linux__)
#define _GNU_SOURCE
#include <sched.h>
#endif
#include "CDialectReactor.h"
#include <pthread.h>
#include <unistd.h>

static __thread void *current;

void *reactor_current(void) { return current; }

void reactor_set_current(void *owner) { current = owner; }

void reactor_name_thread(const char *name) {
#if defined(__APPLE__)
    pthread_setname_np(name);
#else
    pthread_setname_np(pthread_self(), name);
#endif
}

int reactor_processor_count(void) {
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (int)count : 1;
}
