// libidn2, and libunistring, which it is built on: both judge by one version of Unicode.
#include <idn2.h>
#include <stdlib.h>
#include <unictype.h>
#include <uninorm.h>

// These two are macros that take an address, which Swift cannot import.
static inline uninorm_t authfort_nfc(void) { return UNINORM_NFC; }
static inline uninorm_t authfort_nfkc(void) { return UNINORM_NFKC; }

// Releases what libunistring allocated, with the C library that it is linked to.
static inline void authfort_free(void *memory) { free(memory); }
