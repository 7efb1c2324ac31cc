// What Swift needs of libpq, PostgreSQL's own client library.
#ifndef C_LIB_PQ_SHIM_H
#define C_LIB_PQ_SHIM_H

#include <libpq-fe.h>

#endif
