// That this file compiles proves that SQLCipher's header declares what SQLiteFamily calls: a function with other types, or
// a constant with another value, is an error.
#include <sqlite3.h>

#pragma clang diagnostic error "-Wmacro-redefined"
#include "CSQLiteFamily.h"
