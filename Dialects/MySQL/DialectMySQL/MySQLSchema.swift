#if MySQL
public import DialectCore

extension MySQLDialect {
    /// Writes a column type.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature`.
    public func spelling(of type: ColumnType) throws(DatabaseError) -> String { throw .schemaUnsupported }

    /// Writes a schema operation as the statements that perform it.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature`.
    public func statements(for operation: SchemaOperation) throws(DatabaseError) -> [Statement] {
        throw .schemaUnsupported
    }
}

extension DatabaseError {
    fileprivate static let schemaUnsupported = DatabaseError(
        .unsupportedFeature,
        "The MySQL dialect does not spell schema operations; write them as statements."
    )
}
#endif
