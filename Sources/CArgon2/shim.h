#include <argon2.h>
#include <stddef.h>

/// Zeroes memory that holds a secret. The compiler may not leave the writes out, as it may with memset before free.
static inline void authfort_wipe(void *memory, size_t count) {
    volatile unsigned char *byte = (volatile unsigned char *)memory;
    while (count--) *byte++ = 0;
}
