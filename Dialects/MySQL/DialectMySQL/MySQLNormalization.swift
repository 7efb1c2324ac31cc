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
        var type = ComparableSQL(spelling)
        if let name = type.tokens.first.flatMap({ types[$0] }) { type.tokens[0] = name }
        if type.tokens.starts(with: ["double", "precision"]) { type.tokens.remove(at: 1) }
        let isInteger = ["int", "bigint", "smallint", "mediumint"].contains(type.tokens.first)
        if isInteger, type.tokens.count > 3, type.tokens[1] == "(" { type.tokens.removeSubrange(1...3) }
        return type.typeText
    }

    /// A condition in the words that what people write and what either server prints have in common.
    ///
    /// MariaDB has a quote within a text escaped. MySQL has the character set before a text, and escapes the whole once
    /// more. Either makes an IN of one value a comparison.
    private static func comparable(_ condition: String) -> String {
        let literals = condition.contains("\\'") && condition.contains("_utf8") ? condition.withoutEscapes : condition
        var comparable = ComparableSQL(literals.replacing("\\'", with: "''"))
        comparable.tokens = comparable.tokens.compactMap { token in
            token.hasPrefix("_utf8") ? nil : functions[token] ?? token
        }
        comparable.tokens = withoutSingleIn(comparable.tokens)
        return comparable.text
    }

    /// `a in ( 1 )` as `a = 1`, and `a not in ( 1 )` as `a <> 1`.
    private static func withoutSingleIn(_ tokens: [String]) -> [String] {
        var result: [String] = []
        var rest = tokens[...]
        while let token = rest.popFirst() {
            let next = rest.prefix(3)
            guard token == "in", next.count == 3, next.first == "(", next.last == ")" else {
                result.append(token)
                continue
            }
            let isNegated = result.last == "not"
            if isNegated { result.removeLast() }
            result += [isNegated ? "<>" : "=", next[next.startIndex + 1]]
            rest.removeFirst(3)
        }
        return result
    }
}
#endif
