// What Swift needs of libmariadb, the client library of MariaDB and MySQL.
#ifndef C_LIB_MARIADB_SHIM_H
#define C_LIB_MARIADB_SHIM_H

#include <mysql.h>
#include <mysqld_error.h>

#endif
