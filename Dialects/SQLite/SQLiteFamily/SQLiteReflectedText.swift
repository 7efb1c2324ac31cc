internal import DialectCore

extension ColumnType {
    /// A declared type, as `CommonSQLite` spells it.
    init(sqlite type: String) {
        let parts = type.uppercased().split(separator: "(", maxSplits: 1)
        let numbers = parts.count == 2 && type.hasSuffix(")") ? parts[1].dropLast().split(separator: ",") : []
        let sizes = numbers.compactMap { number in Int(number.filter { $0 != " " }) }
        guard sizes.count == numbers.count, sizes.isEmpty == (parts.count < 2) else {
            self = .native(type)
            return
        }
        self =
            switch (String(parts.first ?? ""), sizes.count) {
            case ("BOOLEAN", 0): .boolean
            case ("SMALLINT", 0): .smallInteger
            case ("INTEGER", 0): .integer
            case ("BIGINT", 0): .bigInteger
            case ("DOUBLE", 0): .double
            case ("DECIMAL_TEXT", 2): .decimal(precision: sizes[0], scale: sizes[1])
            case ("VARCHAR", 1): .string(length: sizes[0])
            case ("TEXT", 0): .text
            case ("BLOB", 0): .bytes
            case ("CHAR", 1) where sizes == [32]: .uuid
            case ("DATETIME", 0): .timestamp()
            case ("JSON_TEXT", 0): .json
            default: .native(type)
            }
    }
}

extension ServerDefault {
    /// The default of `ServerDefault.currentTimestamp`, as an expression.
    static let sqliteCurrentTimestamp = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"

    /// A default as it was written in CREATE TABLE, without the parentheses of an expression.
    init(sqlite printed: String, for type: ColumnType) {
        if type == .boolean, let value = ["true": true, "1": true, "false": false, "0": false][printed.lowercased()] {
            self = .boolean(value)
        } else if let integer = Int64(printed) {
            self = .integer(integer)
        } else if let text = printed.sqliteLiteral {
            self = .text(text)
        } else if printed == Self.sqliteCurrentTimestamp || printed.uppercased() == "CURRENT_TIMESTAMP" {
            self = .currentTimestamp
        } else {
            self = .expression(unsafe: printed)
        }
    }
}

extension String {
    /// The text that a literal in single quotes stands for, nil for anything else.
    fileprivate var sqliteLiteral: String? {
        guard count >= 2, first == "'", last == "'" else { return nil }
        let inner = dropFirst().dropLast()
        // Whatever quotes are left after the doubled ones ended the literal.
        let pieces = inner.split(separator: "''", omittingEmptySubsequences: false)
        guard pieces.allSatisfy({ !$0.contains("'") }) else { return nil }
        return pieces.joined(separator: "'")
    }
}
