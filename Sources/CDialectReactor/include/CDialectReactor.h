// Readiness of descriptors and waking of a sleeping thread, the same on epoll (Linux) and kqueue (Darwin).
#ifndef C_DIALECT_REACTOR_H
#define C_DIALECT_REACTOR_H

#include <stdint.h>

/// A place where one thread waits, and a way to wake it.
typedef struct {
    int queue;
    int waker;
} reactor_poller;

enum { reactor_readable = 1, reactor_writable = 2 };

/// A descriptor and what it is ready for. An error or a hang-up counts as ready for both.
typedef struct {
    int descriptor;
    uint32_t readiness;
} reactor_event;

/// Makes a poller; returns 0 or an error number.
int reactor_open(reactor_poller *poller);

/// Closes a poller.
void reactor_close(reactor_poller poller);

/// Changes what a descriptor is watched for, from `old` to `new`; 0 is nothing. Returns 0 or an error number.
int reactor_watch(reactor_poller poller, int descriptor, uint32_t old, uint32_t new);

/// Stops to watch a descriptor that is still open.
void reactor_forget(reactor_poller poller, int descriptor);

/// Waits for events, at most `milliseconds`, for ever when that is negative. Returns how many there are; being woken
/// is none of them.
int reactor_wait(reactor_poller poller, reactor_event *events, int capacity, int milliseconds);

/// Ends the wait of the poller's thread, from any thread.
void reactor_wake(reactor_poller poller);

/// The object that owns the current thread, or NULL.
void *reactor_current(void);

/// Sets the object that owns the current thread.
void reactor_set_current(void *owner);

/// Gives the current thread a name for tools that list threads; at most 15 bytes of it are kept.
void reactor_name_thread(const char *name);

/// How many processors the program may run on.
int reactor_processor_count(void);

#endif
