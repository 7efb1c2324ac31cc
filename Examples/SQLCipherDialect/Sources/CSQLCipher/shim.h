// Without it the header does not declare sqlite3_key.
#define SQLITE_HAS_CODEC 1
#include <sqlite3.h>
