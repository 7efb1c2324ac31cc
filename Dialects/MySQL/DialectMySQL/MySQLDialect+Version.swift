#if MySQL
public import DialectCore

extension MySQLDialect: ServerVersioned {
    /// The dialect as it suits a server of a version, such as `10.11.6-MariaDB` or `8.0.36`.
    ///
    /// - Throws: `DatabaseError` with code `invalidConfiguration` when it is not what `VERSION()` gives.
    public func refined(for serverVersion: String) throws(DatabaseError) -> any Dialect {
        guard let server = MySQLServer(versionText: serverVersion) else {
            throw DatabaseError(
                .invalidConfiguration,
                "'\(serverVersion)' is not the version of a server. Write what SELECT VERSION() gives there, such as "
                    + "10.11.6-MariaDB or 8.0.36."
            )
        }
        return MySQLDialect(server: server)
    }
}
#endif
