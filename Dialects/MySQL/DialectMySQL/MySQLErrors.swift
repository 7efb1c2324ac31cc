#if MySQL
internal import DialectCore

/// An error as the server or libmariadb reports it, on its way to a `DatabaseError`.
struct MySQLFailure: Error {
    let code: Int
    let sqlState: String?
    let message: String

    /// The portable error; the server's words stay in `serverMessage`, because they may quote data.
    func error(statement: String? = nil) -> DatabaseError {
        var error = classified()
        error.vendorCode = code
        if let sqlState, sqlState != "00000" { error.sqlState = sqlState }
        error.serverMessage = message
        error.statement = statement
        return error
    }

    /// The error of an attempt to open a session.
    func openingError(_ endpoint: MySQLOptions.Endpoint) -> DatabaseError {
        var error = error()
        switch error.code {
        case .authenticationFailed, .permissionDenied, .undefinedObject: break
        // Only now is it known that all of these mean the same: no session.
        case .connectionLost, .connectionFailed:
            error.code = .connectionFailed
            error.message =
                "No session could be opened with the server at \(endpoint) (error \(code)); "
                + Self.advice(code)
        default: break
        }
        return error
    }

    private static func advice(_ code: Int) -> String {
        switch code {
        case 1040, 1203, 1226: "it has no room for more sessions: lower the pool's size, or raise the server's limit."
        case 1129: "it refuses this machine after many failures: run FLUSH HOSTS there."
        case 2026:
            "TLS could not be agreed on, or the server's certificate is not to be trusted: check the ssl options."
        case 2005: "the name is unknown: check the URL's host."
        default: "check that it runs and can be reached."
        }
    }

    private func classified() -> DatabaseError {
        switch code {
        case let code where MySQLCode.duplicateKey.contains(code): return uniqueViolation()
        case let code where MySQLCode.foreignKey.contains(code): return foreignKeyViolation()
        case let code where MySQLCode.notNull.contains(code): return notNullViolation()
        case let code where MySQLCode.check.contains(code): return checkViolation()
        case let code where MySQLCode.undefined.contains(code): return undefinedObject()
        case MySQLCode.deadlock:
            return DatabaseError(
                .deadlock,
                "The server rolled the transaction back to break a circle of waiting transactions; run it again."
            )
        case let code where MySQLCode.serialization.contains(code):
            return DatabaseError(
                .serializationFailure,
                "The transaction conflicts with one that ran at the same time; run it again."
            )
        case let code where MySQLCode.lockRefused.contains(code):
            return DatabaseError(.lockTimeout, "A lock was not granted in time; run the transaction again.")
        case let code where MySQLCode.operatingSystem.contains(code) && saysThatStorageIsFull:
            return DatabaseError(
                .storageFull,
                "The server has no room left on its disk; make some, and try again."
            )
        default: break
        }
        for (codes, kind, message) in Self.plainKinds where codes.contains(code) { return DatabaseError(kind, message) }
        return classifiedByState()
    }

    /// Whether the server quotes ENOSPC, EDQUOT, or its own number for a full tablespace, as in `(errno: 28 "No space left`.
    private var saysThatStorageIsFull: Bool {
        let words = message.lowercased().split { !$0.isLetter && !$0.isNumber }
        return zip(words, words.dropFirst()).contains { word, number in
            ["errno", "errcode", "error"].contains(word) && ["28", "122", "135"].contains(number)
        }
    }

    private static let plainKinds: [(Set<Int>, DatabaseError.Code, String)] = [
        (MySQLCode.interrupted, .cancelled, "The statement was cancelled."),
        (MySQLCode.statementTimeout, .statementTimeout, "The statement ran longer than the server allows."),
        (
            MySQLCode.loss, .connectionLost,
            "The server ended the session, or does not answer any more; use another one."
        ),
        (
            MySQLCode.connectionFailed, .connectionFailed,
            "The server cannot be reached, or has no room for another session."
        ),
        (
            MySQLCode.authentication, .authenticationFailed,
            "The server refused the user, the password or the certificate."
        ),
        (MySQLCode.permission, .permissionDenied, "The user may not do that; grant the privilege that is missing."),
        (MySQLCode.syntax, .syntaxError, "The statement is not valid SQL for this server."),
        (MySQLCode.duplicateObject, .duplicateObject, "The statement creates something that exists already."),
        (MySQLCode.outOfRange, .valueOutOfRange, "A value does not fit its column, or the type that is asked for."),
        (
            MySQLCode.packetTooLarge, .valueOutOfRange,
            "A statement or value is larger than the server's max_allowed_packet; raise that, or send less at a time."
        ),
        (MySQLCode.readOnly, .readOnlyViolation, "The transaction or the server is read-only."),
        (
            MySQLCode.transactionState, .invalidTransactionState,
            "The statement does not fit the session's transaction state."
        ),
        (MySQLCode.storageFull, .storageFull, "The server has no room left on its disk, or in its memory."),
        (MySQLCode.storageCorrupt, .storageCorrupt, "A table's file is damaged; check the table."),
        (MySQLCode.unsupported, .unsupportedFeature, "This server cannot do that."),
    ]

    /// What the SQLSTATE's class tells about a number that the dialect does not know.
    private func classifiedByState() -> DatabaseError {
        switch sqlState?.prefix(2) {
        case "08": DatabaseError(.connectionLost, "The session with the server broke (error \(code)).")
        case "22": DatabaseError(.valueOutOfRange, "A value does not fit (error \(code)).")
        case "23": DatabaseError(.checkViolation, "A constraint is not satisfied (error \(code)).")
        case "25":
            DatabaseError(
                .invalidTransactionState,
                "The statement does not fit the session's transaction state (error \(code))."
            )
        case "28": DatabaseError(.authenticationFailed, "The server refused the user (error \(code)).")
        case "40": DatabaseError(.serializationFailure, "The server rolled the transaction back (error \(code)).")
        default: DatabaseError(.other, "The server reports error \(code).")
        }
    }
}
#endif
