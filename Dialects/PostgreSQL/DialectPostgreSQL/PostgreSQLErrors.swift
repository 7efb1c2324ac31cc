#if PostgreSQL
internal import DialectCore

/// An error as the server or libpq reports it.
///
/// https://www.postgresql.org/docs/current/errcodes-appendix.html
struct PostgreSQLFailure {
    /// The SQLSTATE, or nil when the error is libpq's own.
    var sqlState: String?
    /// The server's or libpq's words.
    var message: String
    /// The server's detail and hint.
    var details: [String] = []
    var constraint: String?
    var table: String?
    var column: String?
    /// The text of the statement.
    var statement: String?

    /// The error in portable terms.
    func error() -> DatabaseError {
        let (code, words) = classification
        return DatabaseError(
            code,
            words,
            sqlState: sqlState,
            constraint: constraint,
            table: table,
            columns: column.map { [$0] } ?? [],
            serverMessage: ([message] + details).joined(separator: " "),
            statement: statement
        )
    }

    /// Whether the server ends the session with this error.
    var endsSession: Bool {
        switch sqlState ?? "" {
        case "57P01", "57P02", "57P03", "57P05", "25P03": true
        case let state: state.hasPrefix("08")
        }
    }

    private var classification: (DatabaseError.Code, String) {
        guard let sqlState else {
            return (.connectionLost, "The connection to the server broke; connect again.")
        }
        return byState(sqlState) ?? byClass(sqlState)
    }

    private func byState(_ state: String) -> (DatabaseError.Code, String)? {
        switch state {
        case "23505": (.uniqueViolation, "A row with the same key exists\(named).")
        case "23503":
            (
                .foreignKeyViolation,
                "A foreign key would be violated\(named): the referenced row does not exist, or another row references "
                    + "this one."
            )
        case "23502": (.notNullViolation, "\(column.map { "The column '\($0)'" } ?? "A column") must have a value.")
        case "23514": (.checkViolation, "A check constraint is not satisfied\(named).")
        case "23P01": (.uniqueViolation, "A row that excludes this one exists\(named).")
        case "40001":
            (
                .serializationFailure,
                "The transaction cannot be ordered among its concurrent ones; run it again from its begin."
            )
        case "40P01":
            (
                .deadlock,
                "The server ended the transaction to break a circle of waiting ones; run it again from its begin."
            )
        case "55P03": (.lockTimeout, "A lock was not granted in time; try again.")
        case "57014":
            message.contains("timeout")
                ? (.statementTimeout, "The statement ran longer than the session's statement_timeout.")
                : (.cancelled, "The statement was cancelled on the server.")
        case "25P02":
            (
                .invalidTransactionState,
                "An earlier statement of the transaction failed; roll back, or roll back to a savepoint."
            )
        case "25006": (.readOnlyViolation, "The statement writes, but the transaction or the server is read-only.")
        case "25P03": (.connectionLost, "The server ended the session because its transaction was idle for too long.")
        case "26000": (.undefinedObject, "The prepared statement does not exist on the server any more.")
        case "28000", "28P01":
            (.authenticationFailed, "The server refused the user name, password or certificate; check them.")
        case "3D000": (.undefinedObject, "The database does not exist; check the URL's path.")
        case "53300":
            (.connectionFailed, "The server has no room for another connection; open fewer, or try again later.")
        case "53100", "53200": (.storageFull, "The server ran out of \(state == "53100" ? "disk space" : "memory").")
        case "57P01", "57P02", "57P05": (.connectionLost, "The server ended the session; connect again.")
        case "57P03": (.connectionFailed, "The server is starting up or shutting down; try again later.")
        case "42501": (.permissionDenied, "The user may not do that; ask for the privilege.")
        case "42P01", "42703", "42704", "42883", "3F000", "42P02":
            (.undefinedObject, "Something that the statement names does not exist; the server's message says what.")
        case "42P07", "42701", "42710", "42P06", "42P04", "42723":
            (.duplicateObject, "Something with that name exists already; the server's message says what.")
        case "42P18":
            (
                .syntaxError,
                "The type of a parameter cannot be told from the statement; write it behind the parameter, such as "
                    + "::bigint."
            )
        case "42601" where message.contains("multiple commands"):
            (.syntaxError, "The statement holds several commands; run them one by one.")
        case "XX001", "XX002": (.storageCorrupt, "The server found damage in its storage; restore it from a backup.")
        default: nil
        }
    }

    private func byClass(_ state: String) -> (DatabaseError.Code, String) {
        switch state.prefix(2) {
        case "08": (.connectionLost, "The connection to the server broke; connect again.")
        case "0A": (.unsupportedFeature, "The server does not support that; its message says what.")
        case "21", "22":
            (.valueOutOfRange, "A value does not fit its column or the operation; the server's message says which.")
        case "23": (.checkViolation, "A constraint is not satisfied\(named).")
        case "25", "2D", "3B": (.invalidTransactionState, "The statement does not fit the transaction's state.")
        case "28": (.authenticationFailed, "The server refused the user; check name, password and certificate.")
        case "42": (.syntaxError, "The statement is not valid SQL for this server; its message says why.")
        case "53": (.connectionFailed, "The server lacks resources (SQLSTATE \(state)); try again later.")
        default: (.other, "The server reports SQLSTATE \(state).")
        }
    }

    private var named: String { constraint.map { " (constraint '\($0)')" } ?? "" }
}
#endif
