// Importing a dialect here links it, and a linked dialect registers itself. This is the only file of AuthFort that names
// dialects; the package traits decide which.

#if PostgreSQL
import DialectPostgreSQL
#endif
#if SQLite
import DialectSQLite
#endif
#if MySQL
import DialectMySQL
#endif
