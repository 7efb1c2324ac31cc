// Where libpq's header is, for the C peers.
#include <libpq-fe.h>
