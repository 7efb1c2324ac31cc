// That this file compiles proves that CSQLiteFamily declares what <sqlite3.h> declares: a function with other types, or a
// constant with another value, is an error. The library's header comes first, because the compiler says nothing about
// what is in a system header.
#if defined(DIALECT_HAS_SQLITE3)
#include <sqlite3.h>

#pragma clang diagnostic error "-Wmacro-redefined"
#include "CSQLiteFamily.h"
#endif
