#if PostgreSQL
internal import DialectCore

/// Reads the catalog: one statement each for columns, constraints and indexes.
///
/// Types that the portable words do not cover come as `.native`, with what the column generates. A check constraint's
/// or partial index's condition and an expression's default come as PostgreSQL prints them, which is the same meaning in
/// other words. Left out is what the model has no words for: exclusion constraints, and indexes on expressions, with
/// included columns, or of another kind than btree. An index that is not valid, because its concurrent creation failed, is
/// none.
///
/// https://www.postgresql.org/docs/current/catalogs.html
extension PostgreSQLConnection: SchemaReflecting {
    func reflectSchema(_ schema: String?) async throws(DatabaseError) -> SchemaModel {
        var reflected = PostgreSQLReflected(schema: schema)
        for row in try await execute(Self.columns(of: schema)).rows { try reflected.addColumn(row) }
        for row in try await execute(Self.constraints(of: schema)).rows { try reflected.addConstraint(row) }
        for row in try await execute(Self.indexes(of: schema)).rows { try reflected.addIndex(row) }
        return reflected.model
    }

    private static func isWanted(_ schema: String?) -> Statement {
        guard let schema else { return "n.nspname = pg_catalog.current_schema()" }
        return "n.nspname = CAST(\(schema) AS text)"
    }

    private static func columns(of schema: String?) -> Statement {
        """
        SELECT c.relname::text, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
            pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attidentity::text, a.attgenerated::text
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE \(isWanted(schema)) AND c.relkind IN ('r', 'p')
        ORDER BY c.relname COLLATE "C", a.attnum
        """
    }

    /// A row for each column of a key, and one for each check.
    private static func constraints(of schema: String?) -> Statement {
        """
        SELECT t.relname::text, con.conname::text, con.contype::text, a.attname::text,
            fn.nspname::text, fn.nspname = n.nspname, f.relname::text, fa.attname::text,
            con.confdeltype::text, con.confupdtype::text, pg_catalog.pg_get_expr(con.conbin, con.conrelid)
        FROM pg_catalog.pg_constraint con
        JOIN pg_catalog.pg_class t ON t.oid = con.conrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        LEFT JOIN LATERAL unnest(con.conkey, con.confkey) WITH ORDINALITY AS k (number, foreign_number, position)
            ON con.contype <> 'c'
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.number
        LEFT JOIN pg_catalog.pg_class f ON f.oid = con.confrelid
        LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
        LEFT JOIN pg_catalog.pg_attribute fa ON fa.attrelid = con.confrelid AND fa.attnum = k.foreign_number
        WHERE \(isWanted(schema)) AND con.contype IN ('p', 'u', 'f', 'c')
        ORDER BY con.oid, k.position
        """
    }

    /// A row for each column of an index.
    private static func indexes(of schema: String?) -> Statement {
        """
        SELECT t.relname::text, ic.relname::text, i.indisunique, a.attname::text, (k.option & 1) = 1,
            pg_catalog.pg_get_expr(i.indpred, i.indrelid)
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
        JOIN pg_catalog.pg_am am ON am.oid = ic.relam
        JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        CROSS JOIN LATERAL unnest(i.indkey::int2[], i.indoption::int2[])
            WITH ORDINALITY AS k (number, option, position)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
        WHERE \(isWanted(schema)) AND t.relkind IN ('r', 'p') AND am.amname = 'btree'
            AND i.indexprs IS NULL AND i.indnatts = i.indnkeyatts AND i.indisvalid
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint con
                WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))
        ORDER BY t.relname COLLATE "C", ic.relname COLLATE "C", k.position
        """
    }
}
#endif
