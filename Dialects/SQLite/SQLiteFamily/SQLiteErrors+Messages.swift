internal import DialectCore

// For constraints and for errors of the general kind sqlite3 tells the names only in its message. Names of the schema
// are safe to show; the rest of the message may quote the statement and stays in `serverMessage`.
extension SQLiteFailure {
    func constraintViolation() -> DatabaseError {
        switch code {
        case SQLiteCode.constraintUnique, SQLiteCode.constraintPrimaryKey, SQLiteCode.constraintRowID:
            uniqueViolation()
        // ON DELETE RESTRICT is a trigger that SQLite writes itself; RAISE in somebody's own has another message.
        case SQLiteCode.constraintForeignKey,
            SQLiteCode.constraintTrigger where message == "FOREIGN KEY constraint failed":
            DatabaseError(
                .foreignKeyViolation,
                "A foreign key would be violated: the referenced row does not exist, or another row references this one."
            )
        case SQLiteCode.constraintNotNull:
            notNullViolation()
        case SQLiteCode.constraintCheck:
            DatabaseError(
                .checkViolation,
                "The check constraint \(detail.map { "'\($0)' " } ?? "")is not satisfied.",
                constraint: detail
            )
        case SQLiteCode.constraintTrigger:
            DatabaseError(.checkViolation, "A trigger of the schema refused the statement.")
        case SQLiteCode.constraintDataType:
            DatabaseError(.valueOutOfRange, "A value has a type that its column in a STRICT table cannot hold.")
        default:
            DatabaseError(.other, "A constraint of the database is not satisfied (SQLite's code \(code)).")
        }
    }

    /// What follows the colon of `UNIQUE constraint failed: users.email`.
    private var detail: String? {
        guard let range = message.firstRange(of: " constraint failed: ") else { return nil }
        return String(message[range.upperBound...])
    }

    private func uniqueViolation() -> DatabaseError {
        guard let detail else {
            return DatabaseError(.uniqueViolation, "A row with the same key exists.")
        }
        // An index on expressions has no columns to name.
        if detail.hasPrefix("index '"), detail.hasSuffix("'") {
            let index = String(detail.dropFirst("index '".count).dropLast())
            return DatabaseError(
                .uniqueViolation,
                "A row with the same key exists in the unique index '\(index)'.",
                constraint: index
            )
        }
        let (table, columns) = tableAndColumns(detail)
        return DatabaseError(
            .uniqueViolation,
            "A row with the same \(columns.joined(separator: ", ")) exists in \(table).",
            table: table,
            columns: columns
        )
    }

    private func notNullViolation() -> DatabaseError {
        guard let detail else {
            return DatabaseError(.notNullViolation, "A column that must have a value was given none.")
        }
        let (table, columns) = tableAndColumns(detail)
        return DatabaseError(
            .notNullViolation,
            "The column \(detail) must have a value and was given none.",
            table: table,
            columns: columns
        )
    }

    /// Reads `users.provider, users.subject`.
    private func tableAndColumns(_ text: String) -> (table: String, columns: [String]) {
        let table = String(text.prefix { $0 != "." })
        let columns = text.split(separator: ", ").map { item in
            String(item.hasPrefix("\(table).") ? item.dropFirst(table.count + 1) : item)
        }
        return (table, columns)
    }

    /// Classifies SQLITE_ERROR, the code of everything that has no other.
    func classifiedByMessage() -> DatabaseError {
        if let name = text(after: "no such table: ") {
            let table = String(name.split(separator: ".").last ?? Substring(name))
            return DatabaseError(.undefinedObject, "The table '\(name)' does not exist.", table: table)
        }
        if let name = text(after: "no such column: ") {
            let column = String(name.split(separator: ".").last ?? Substring(name))
            return DatabaseError(.undefinedObject, "The column '\(name)' does not exist.", columns: [column])
        }
        if message.hasPrefix("no such savepoint: ") {
            return DatabaseError(.invalidTransactionState, "The savepoint is not set.")
        }
        if message.hasPrefix("no such ") || message.contains(" has no column named ") {
            return DatabaseError(.undefinedObject, "The statement names something that the database does not have.")
        }
        if message.hasSuffix(" already exists") || message.hasPrefix("there is already ")
            || message.hasPrefix("duplicate column name: ")
        {
            return DatabaseError(.duplicateObject, "The statement creates something that exists already.")
        }
        if Self.transactionStateMessages.contains(where: message.contains) {
            return DatabaseError(
                .invalidTransactionState,
                "The statement does not fit the connection's transaction state."
            )
        }
        if message == "integer overflow" {
            return DatabaseError(.valueOutOfRange, "A number is larger than 64 bits.")
        }
        return isFromPreparing
            ? DatabaseError(.syntaxError, "The statement is not valid SQL for SQLite.")
            : message.contains("syntax error") || message == "incomplete input"
                ? DatabaseError(.syntaxError, "The statement is not valid SQL for SQLite.")
                : DatabaseError(.other, "SQLite could not run the statement.")
    }

    private static let transactionStateMessages = [
        "cannot start a transaction within a transaction", "no transaction is active", "from within a transaction",
        "inside a transaction", "within a transaction", "SQL statements in progress",
    ]

    private func text(after prefix: String) -> String? {
        message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : nil
    }
}
