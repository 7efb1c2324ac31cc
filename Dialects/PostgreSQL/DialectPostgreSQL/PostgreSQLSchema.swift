#if PostgreSQL
internal import DialectCore

/// How PostgreSQL spells column types and schema operations.
enum PostgreSQLSchema {
    static func spelling(of type: ColumnType) throws(DatabaseError) -> String {
        throw DatabaseError(.unsupportedFeature, "PostgreSQL's column types cannot be written yet.")
    }

    static func statements(for operation: SchemaOperation) throws(DatabaseError) -> [Statement] {
        throw DatabaseError(.unsupportedFeature, "PostgreSQL's schema operations cannot be written yet.")
    }
}
#endif
