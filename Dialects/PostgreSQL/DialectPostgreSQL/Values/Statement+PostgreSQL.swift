#if PostgreSQL
internal import DialectCore

extension Statement {
    /// The text with `$1` and so on.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` for more parameters than the protocol can count. The
    ///   server itself takes them, tells a wrong number of them, and the session is lost.
    func postgreSQLText() throws(DatabaseError) -> String {
        guard parameters.count <= Int(UInt16.max) else {
            throw DatabaseError(
                .unsupportedFeature,
                "The statement has \(parameters.count) parameters, and PostgreSQL takes at most \(UInt16.max); send fewer."
            )
        }
        return try sql(for: PostgreSQLDialect())
    }
}
#endif
