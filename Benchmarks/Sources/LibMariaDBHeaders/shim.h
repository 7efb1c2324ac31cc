// Where libmariadb's header is, for the C peers.
#include <mysql.h>
