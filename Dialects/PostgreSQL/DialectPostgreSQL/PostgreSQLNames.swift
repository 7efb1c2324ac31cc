#if PostgreSQL
internal import DialectCore

/// How constraints are called in PostgreSQL.
enum PostgreSQLNames {
    /// How long a name may be, in bytes.
    static let limit = 63

    /// A constraint's name, or the one that it got when it was made without.
    ///
    /// https://www.postgresql.org/docs/current/ddl-constraints.html and others show it by example: the table, the columns
    /// and the kind, with underscores between them. Nothing else had that name, or it ends with a number.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` for a check, whose name depends on how many columns its
    ///   condition names.
    static func name(of constraint: TableConstraint, in table: Identifier) throws(DatabaseError) -> String {
        if let name = constraint.name { return name }
        switch constraint {
        case .primaryKey: return name(table.name, [], "pkey")
        case .unique(let unique): return name(table.name, unique.columns, "key")
        case .foreignKey(let key): return name(table.name, key.columns, "fkey")
        case .check:
            throw DatabaseError(
                .unsupportedFeature,
                "The check of \(table) has no name in the operation that drops it, and how PostgreSQL has called it cannot "
                    + "be told. Look it up with \\d in psql, and drop the check by its name.",
                table: table.name
            )
        }
    }

    /// Cuts the longer of the two parts, byte by byte, until the whole fits, and leaves no half of a character.
    private static func name(_ table: String, _ columns: [String], _ kind: String) -> String {
        var parts = [table, columns.joined(separator: "_")].filter { !$0.isEmpty }
        var lengths = parts.map(\.utf8.count)
        let room = limit - kind.utf8.count - parts.count
        while lengths.reduce(0, +) > room {
            let longer = lengths.count > 1 && lengths[1] >= lengths[0] ? 1 : 0
            lengths[longer] -= 1
        }
        for index in parts.indices { parts[index] = parts[index].prefix(bytes: lengths[index]) }
        return (parts + [kind]).joined(separator: "_")
    }
}

extension String {
    /// As many whole characters of the encoding as fit.
    fileprivate func prefix(bytes: Int) -> String {
        var count = 0
        var kept = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            count += UTF8.width(scalar)
            if count > bytes { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
#endif
