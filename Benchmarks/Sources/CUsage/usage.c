#include "CUsage.h"

#include <sys/resource.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

double cusage_cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int64_t cusage_allocated_bytes(void) {
#ifdef __GLIBC__
    struct mallinfo2 information = mallinfo2();
    return (int64_t)(information.uordblks + information.hblkhd);
#else
    return -1;
#endif
}

void cusage_use_one_arena(void) {
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
#endif
}
