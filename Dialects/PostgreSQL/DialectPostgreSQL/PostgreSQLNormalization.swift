#if PostgreSQL
public import DialectCore

extension PostgreSQLDialect: SchemaNormalizing {
    /// The table with types, defaults and conditions as PostgreSQL prints them, but for the casts that it adds.
    public func normalized(_ table: Table) -> Table {
        var table = table
        table.columns = table.columns.map(normalized)
        for index in table.checkConstraints.indices {
            table.checkConstraints[index].condition = comparable(
                table.checkConstraints[index].condition
            )
        }
        return table
    }

    /// The index with its condition as PostgreSQL prints it, but for the casts that it adds.
    public func normalized(_ index: Index) -> Index {
        var index = index
        index.condition = index.condition.map(comparable)
        return index
    }

    private func normalized(_ column: Column) -> Column {
        var column = column
        if case .native(let spelling) = column.type {
            let printed = PostgreSQLTypeText(spelling)
            column.type = ColumnType(postgreSQL: printed.text)
            if printed.isSerial { column.serverDefault = .expression(unsafe: Self.sequence) }
            if printed.isSerial || printed.isIdentity { column.isNullable = false }
        }
        if case .expression(let sql) = column.serverDefault {
            let text = comparable(sql)
            column.serverDefault = .expression(
                unsafe: text.hasPrefix(Self.sequence) ? Self.sequence : text
            )
        }
        return column
    }

    /// The default of a column that counts by itself; which sequence it asks does not matter.
    private static let sequence = "nextval"

    private func comparable(_ sql: String) -> String {
        var comparable = ComparableSQL(sql)
        comparable.removePostgreSQLCasts()
        comparable.usePostgreSQLOperators()
        return comparable.text
    }
}

/// A type as `format_type` writes it, made of a type as people write it.
///
/// https://www.postgresql.org/docs/current/datatype.html#DATATYPE-TABLE
private struct PostgreSQLTypeText {
    let text: String
    let isSerial: Bool
    var isIdentity: Bool { text.contains("as identity") }

    private static let aliases = [
        "int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint",
        "float8": "double precision",
        "float4": "real", "float": "double precision", "bool": "boolean",
        "varchar": "character varying",
        "char": "character", "decimal": "numeric", "serial": "integer", "serial4": "integer",
        "bigserial": "bigint",
        "serial8": "bigint", "smallserial": "smallint", "serial2": "smallint",
    ]

    init(_ spelling: String) {
        var type = ComparableSQL(spelling)
        let name = type.tokens.first ?? ""
        isSerial = name.contains("serial")
        if let alias = Self.aliases[name] { type.tokens[0] = alias }
        if ["timestamptz", "timetz", "timestamp", "time"].contains(name), !type.tokens.contains("zone") {
            let end = (type.tokens.firstIndex(of: ")") ?? 0) + 1
            type.tokens.insert(
                contentsOf: [name.hasSuffix("tz") ? "with" : "without", "time", "zone"],
                at: end
            )
            type.tokens[0] = name.hasSuffix("tz") ? String(name.dropLast(2)) : name
        }
        text = type.typeText
    }
}

extension ComparableSQL {
    /// Takes out what the server writes to say which type a constant or column has.
    fileprivate mutating func removePostgreSQLCasts() {
        var kept: [String] = []
        var rest = tokens[...]
        while let token = rest.popFirst() {
            guard token == "::" else {
                kept.append(token)
                continue
            }
            let name = rest.popFirst()
            let following =
                ["character": ["varying"], "bit": ["varying"], "double": ["precision"]][name ?? ""] ?? []
            if let next = rest.first, following.contains(next) { rest.removeFirst() }
            if rest.first == ".", rest.count > 1 { rest.removeFirst(2) }
            if rest.first == "(", let close = rest.firstIndex(of: ")") { rest = rest[(close + 1)...] }
            if let next = rest.first, next == "with" || next == "without" { rest = rest.dropFirst(3) }
            while rest.starts(with: ["[", "]"]) { rest.removeFirst(2) }
        }
        tokens = kept
    }

    /// Writes conditions with the operators that the server prints for them.
    fileprivate mutating func usePostgreSQLOperators() {
        let plain = tokens.filter { $0 != "(" && $0 != ")" && $0 != "]" }
        var written: [String] = []
        var rest = plain[...]
        while let token = rest.popFirst() {
            switch token {
            case "like": written.append(written.popNegation() ? "!~~" : "~~")
            case "ilike": written.append(written.popNegation() ? "!~~*" : "~~*")
            case "in":
                // The server compares with a list of one as with that one.
                let isList = rest.dropFirst().first == ","
                written +=
                    written.popNegation() ? ["<>", "all", "array", "["] : ["=", "any", "array", "["]
                if !isList { written.removeLast(3) }
            case "between":
                let start = written.lastIndex { ["and", "or", "not"].contains($0) }.map { $0 + 1 } ?? 0
                let operand = written[start...]
                guard let and = rest.firstIndex(of: "and") else { break }
                written += [">="] + rest[..<and] + ["and"] + operand + ["<="]
                rest = rest[(and + 1)...]
            default: written.append(token)
            }
        }
        tokens = written
    }
}

extension [String] {
    /// Removes a `not` at the end; returns whether there was one.
    fileprivate mutating func popNegation() -> Bool {
        guard last == "not" else { return false }
        removeLast()
        return true
    }
}
#endif
