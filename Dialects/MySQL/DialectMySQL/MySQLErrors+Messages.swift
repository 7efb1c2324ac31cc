#if MySQL
internal import DialectCore

// The names in an error are only in its message. Names of the schema are safe to show; the rest may quote data.
extension MySQLFailure {
    /// Reads `Duplicate entry 'x' for key 'users.email'` on MySQL, `… for key 'email'` on MariaDB.
    ///
    /// The value may hold quotes, so the name is what stands in the last pair of them.
    func uniqueViolation() -> DatabaseError {
        guard let name = lastQuoted(after: "for key ") else {
            return DatabaseError(.uniqueViolation, "A row with the same key exists.")
        }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        let (table, key) = parts.count == 2 ? (parts[0], parts[1]) : (nil, name)
        return DatabaseError(
            .uniqueViolation,
            "A row with the same key exists in '\(key)'.",
            constraint: key,
            table: table
        )
    }

    /// Reads ``(`shop`.`orders`, CONSTRAINT `fk_user` FOREIGN KEY (`user_id`) REFERENCES …)``.
    func foreignKeyViolation() -> DatabaseError {
        let constraint = backquoted(after: "CONSTRAINT ").first
        let table = backquoted(after: "fails (")
        return DatabaseError(
            .foreignKeyViolation,
            "The foreign key\(constraint.map { " '\($0)'" } ?? "") would be violated: the referenced row does not exist, "
                + "or another row references this one.",
            constraint: constraint,
            table: table.last,
            columns: backquoted(after: "FOREIGN KEY (")
        )
    }

    /// Reads `Column 'email' cannot be null` and `Field 'email' doesn't have a default value`.
    func notNullViolation() -> DatabaseError {
        let column = firstQuoted
        return DatabaseError(
            .notNullViolation,
            "The column\(column.map { " '\($0)'" } ?? "") must have a value and was given none.",
            columns: column.map { [$0] } ?? []
        )
    }

    /// ``CONSTRAINT `positive` failed for `shop`.`orders` `` on MariaDB, `Check constraint 'positive' is violated.` on MySQL.
    func checkViolation() -> DatabaseError {
        let constraint = backquoted(after: "CONSTRAINT ").first ?? firstQuoted
        return DatabaseError(
            .checkViolation,
            "The check constraint\(constraint.map { " '\($0)'" } ?? "") is not satisfied.",
            constraint: constraint,
            table: backquoted(after: "failed for ").last
        )
    }

    /// Reads `Table 'shop.orders' doesn't exist` and `Unknown column 'x' in 'field list'`.
    func undefinedObject() -> DatabaseError {
        switch code {
        case 1146, 1051, 1109:
            guard let name = firstQuoted else { break }
            let table = name.split(separator: ".").last.map(String.init) ?? name
            return DatabaseError(.undefinedObject, "The table '\(name)' does not exist.", table: table)
        case 1054:
            guard let name = firstQuoted else { break }
            let column = name.split(separator: ".").last.map(String.init) ?? name
            return DatabaseError(.undefinedObject, "The column '\(name)' does not exist.", columns: [column])
        case 1049:
            return DatabaseError(
                .undefinedObject,
                "The database does not exist; create it, or check the URL."
            )
        case 1305 where message.hasPrefix("SAVEPOINT "):
            return DatabaseError(.invalidTransactionState, "The savepoint is not set.")
        default: break
        }
        return DatabaseError(.undefinedObject, "The statement names something that the database does not have.")
    }

    /// What stands in the first pair of quotes.
    private var firstQuoted: String? {
        let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[1]) : nil
    }

    /// What stands in quotes after the last occurrence of a text.
    private func lastQuoted(after text: String) -> String? {
        guard let start = message.ranges(of: text).last?.upperBound else { return nil }
        let rest = message[start...]
        guard rest.hasPrefix("'"), rest.hasSuffix("'"), rest.count > 2 else { return nil }
        return String(rest.dropFirst().dropLast())
    }

    /// The names in backticks that follow a text, separated by `.` or `, `.
    private func backquoted(after text: String) -> [String] {
        guard let start = message.firstRange(of: text)?.upperBound else { return [] }
        var rest = message[start...]
        var names: [String] = []
        while rest.first == "`" {
            guard let end = rest.dropFirst().firstIndex(of: "`") else { break }
            names.append(String(rest[rest.index(after: rest.startIndex)..<end]))
            rest = rest[rest.index(after: end)...]
            if rest.first == "." {
                rest = rest.dropFirst()
            } else if rest.hasPrefix(", ") {
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        return names
    }
}
#endif
