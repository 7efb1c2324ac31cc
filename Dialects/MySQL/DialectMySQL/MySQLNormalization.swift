#if MySQL
public import DialectCore

extension MySQLDialect: SchemaNormalizing {
    /// The table with types and conditions as servers print them, and RESTRICT as NO ACTION, which InnoDB does not tell
    /// apart.
    public func normalized(_ table: Table) -> Table {
        var table = table
        for index in table.columns.indices {
            guard case .native(let spelling) = table.columns[index].type else { continue }
            table.columns[index].type = ColumnType(mySQL: Self.printed(spelling))
        }
        for index in table.foreignKeys.indices {
            let key = table.foreignKeys[index]
            if key.onDelete == .restrict { table.foreignKeys[index].onDelete = .noAction }
            if key.onUpdate == .restrict { table.foreignKeys[index].onUpdate = .noAction }
        }
        for index in table.checkConstraints.indices {
            table.checkConstraints[index].condition = Self.comparable(table.checkConstraints[index].condition)
        }
        return table
    }

    /// The index itself: servers have no conditions for indexes.
    public func normalized(_ index: Index) -> Index { index }

    private static let types = [
        "integer": "int", "bool": "tinyint(1)", "boolean": "tinyint(1)", "dec": "decimal", "numeric": "decimal",
        "real": "double",
    ]

    /// Other names of functions, which servers replace.
    private static let functions = [
        "length": "octet_length", "lower": "lcase", "upper": "ucase", "character_length": "char_length",
        "now":
            "current_timestamp",
    ]

    /// A type as the information schema writes it; the width of an integer says nothing.
    private static func printed(_ spelling: String) -> String {
        var tokens = ComparableSQL(spelling).tokens
        if let name = tokens.first.flatMap({ types[$0] }) { tokens[0] = name }
        if tokens.starts(with: ["double", "precision"]) { tokens.remove(at: 1) }
        let isInteger = ["int", "bigint", "smallint", "mediumint"].contains(tokens.first)
        if isInteger, tokens.count > 3, tokens[1] == "(" { tokens.removeSubrange(1...3) }
        return tokens.reduce(into: "") { text, token in
            let isTight = text.isEmpty || ["(", ")", ","].contains(token) || ["(", ","].contains(text.last)
            text += isTight ? token : " \(token)"
        }
    }

    /// A text in a condition may have its character set before it, with what is special in a literal escaped.
    private static func comparable(_ condition: String) -> String {
        var comparable = ComparableSQL(condition.replacing("\\'", with: "'"))
        comparable.tokens = comparable.tokens.compactMap { token in
            token.hasPrefix("_utf8") ? nil : functions[token] ?? token
        }
        return comparable.text
    }
}
#endif
