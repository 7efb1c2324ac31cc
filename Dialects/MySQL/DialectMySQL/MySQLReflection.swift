#if MySQL
internal import DialectCore

/// Reads the information schema: one statement each for columns, indexes, foreign keys and checks.
///
/// Types that the portable words do not cover come as `.native`, with what the column generates. `CHAR(32)` is a UUID,
/// also where the server has a type for them. What the server does not keep: the name of a primary key, which comes as
/// nil; the difference between RESTRICT and NO ACTION, which comes as the latter; and the difference between a unique
/// constraint and a unique index. A unique key that is named as the server names an unnamed constraint comes as one, any
/// other as a unique index. The server's own index for a foreign key is left out, and so are indexes of prefixes and of
/// other kinds than BTREE. A check constraint's condition and an expression's default come as the server prints them.
///
/// https://dev.mysql.com/doc/refman/8.0/en/information-schema.html
extension MySQLConnection: SchemaReflecting {
    func reflectSchema(_ schema: String?) async throws(DatabaseError) -> SchemaModel {
        guard let database = try await database(of: schema) else { return SchemaModel() }
        var reflected = MySQLReflected(
            schema: schema,
            database: database,
            quotesDefaults: dialect.server?.product == .mariaDB
        )
        for row in try await execute(Self.checks(of: database)).rows { try reflected.addCheck(row) }
        for row in try await execute(Self.columns(of: database)).rows { try reflected.addColumn(row) }
        for row in try await execute(Self.foreignKeys(of: database)).rows { try reflected.addForeignKey(row) }
        for row in try await execute(Self.indexes(of: database)).rows { try reflected.addIndex(row) }
        return reflected.model
    }

    /// The name of the database that a schema is, nil standing for the session's own; nil when the session has none.
    ///
    /// For the information schema: a constant lets the server read one database's files, where an expression has it read all.
    func database(of schema: String?) async throws(DatabaseError) -> String? {
        if let schema { return schema }
        return try await execute("SELECT DATABASE()").rows.first?.decode(String?.self, at: 0)
    }

    private static func columns(of database: String) -> Statement {
        """
        SELECT t.TABLE_NAME, c.COLUMN_NAME, c.COLUMN_TYPE, c.IS_NULLABLE, c.COLUMN_DEFAULT, c.EXTRA,
            c.GENERATION_EXPRESSION
        FROM information_schema.TABLES t
        JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
        WHERE t.TABLE_SCHEMA = \(database) AND c.TABLE_SCHEMA = \(database) AND t.TABLE_TYPE = 'BASE TABLE'
        ORDER BY t.TABLE_NAME, c.ORDINAL_POSITION
        """
    }

    /// A row for each column of an index.
    private static func indexes(of database: String) -> Statement {
        """
        SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, COLLATION, SUB_PART IS NOT NULL, INDEX_TYPE
        FROM information_schema.STATISTICS
        WHERE TABLE_SCHEMA = \(database)
        ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX
        """
    }

    /// A row for each column of a foreign key.
    private static func foreignKeys(of database: String) -> Statement {
        """
        SELECT k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME,
            k.REFERENCED_COLUMN_NAME, r.DELETE_RULE, r.UPDATE_RULE
        FROM information_schema.KEY_COLUMN_USAGE k
        JOIN information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA
            AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME
        WHERE k.TABLE_SCHEMA = \(database) AND r.CONSTRAINT_SCHEMA = \(database) AND k.REFERENCED_TABLE_NAME IS NOT NULL
        ORDER BY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION
        """
    }

    /// MariaDB's names of checks are unique within a table, MySQL's within a database; the views share the columns that
    /// tell them apart.
    private static func checks(of database: String) -> Statement {
        """
        SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE
        FROM information_schema.TABLE_CONSTRAINTS NATURAL JOIN information_schema.CHECK_CONSTRAINTS
        WHERE CONSTRAINT_SCHEMA = \(database) AND CONSTRAINT_TYPE = 'CHECK'
        ORDER BY TABLE_NAME, CONSTRAINT_NAME
        """
    }
}
#endif
