#ifndef CUSAGE_H
#define CUSAGE_H

#include <stdint.h>

/// The processor time of the process so far, in user and kernel mode.
double cusage_cpu_seconds(void);

/// The bytes that are allocated in the main arena and in mappings of their own; -1 where the system does not tell.
int64_t cusage_allocated_bytes(void);

/// Has all threads allocate from the main arena; works only before there are other threads.
void cusage_use_one_arena(void);

#endif
