internal import DialectCore

/// Reads the schema table and what the pragmas tell of each table: four statements for all of them.
///
/// Types that the portable words do not cover come as `.native`. `CHAR(32)` is a UUID and `DATETIME` a timestamp without
/// fraction digits, because that is how they are written. Names of constraints and conditions of checks are only in the
/// text of CREATE TABLE, and are read there, as is the condition of a partial index. Left out are indexes on expressions.
///
/// https://sqlite.org/pragma.html, https://sqlite.org/schematab.html
extension SQLiteConnection: SchemaReflecting {
    func reflectSchema(_ schema: String?) async throws(DatabaseError) -> SchemaModel {
        guard CommonSQLite().features.contains(.schemaReflection) else {
            throw DatabaseError(
                .unsupportedFeature,
                "The linked library is made from a release of SQLite before 3.26, whose schema cannot be read with statements; "
                    + "link a newer one."
            )
        }
        let database = schema ?? "main"
        var reflected = SQLiteReflected(schema: schema)
        for row in try await execute(Self.tables(of: database)).rows { try reflected.addTable(row) }
        for row in try await execute(Self.columns(of: database)).rows { try reflected.addColumn(row) }
        for row in try await execute(Self.foreignKeys(of: database)).rows { try reflected.addForeignKey(row) }
        for row in try await execute(Self.indexes(of: database)).rows { try reflected.addIndex(row) }
        return reflected.model
    }

    private static func schemaTable(_ database: String) -> Statement {
        "\(identifier: Identifier("sqlite_master", schema: database))"
    }

    private static let isTable: Statement = "m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'"

    private static func tables(of database: String) -> Statement {
        "SELECT m.name, m.sql FROM \(schemaTable(database)) m WHERE \(isTable) ORDER BY m.name"
    }

    private static func columns(of database: String) -> Statement {
        """
        SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
        FROM \(schemaTable(database)) m JOIN pragma_table_xinfo(m.name, \(database)) c
        WHERE \(isTable) AND c.hidden <> 1 ORDER BY m.name, c.cid
        """
    }

    /// The last key that was declared is the first in the list.
    private static func foreignKeys(of database: String) -> Statement {
        """
        SELECT m.name, k.id, k."from", k."table", k."to", k.on_delete, k.on_update
        FROM \(schemaTable(database)) m JOIN pragma_foreign_key_list(m.name, \(database)) k
        WHERE \(isTable) ORDER BY m.name, k.id DESC, k.seq
        """
    }

    /// A row for each column of an index; those of constraints in the order in which they were declared.
    private static func indexes(of database: String) -> Statement {
        """
        SELECT m.name, i.name, i."unique", i.origin, c.name, c."desc",
            CASE i.partial WHEN 1 THEN
                (SELECT x.sql FROM \(schemaTable(database)) x WHERE x.type = 'index' AND x.name = i.name)
            END
        FROM \(schemaTable(database)) m
        JOIN pragma_index_list(m.name, \(database)) i JOIN pragma_index_xinfo(i.name, \(database)) c
        WHERE \(isTable) AND c."key" = 1 AND i.origin <> 'pk'
        ORDER BY m.name, i.origin DESC, CASE i.origin WHEN 'u' THEN -i.seq ELSE 0 END, i.name, c.seqno
        """
    }
}
