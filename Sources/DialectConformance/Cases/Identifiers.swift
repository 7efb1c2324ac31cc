internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Names that only quoting makes possible.
    static let identifiers: [CaseDefinition] = [
        CaseDefinition("identifiers.anyNameNamesAColumn") { trial in
            let connection = try await trial.connect()
            for (position, name) in oddNames.enumerated() {
                let table = try await trial.makeTable([Column(name, .integer)], on: connection)
                try await connection.execute(
                    "INSERT INTO \(identifier: table) (id, \(identifier: name)) VALUES (1, \(position))"
                )
                let rows = try await connection.execute(
                    "SELECT \(identifier: name) FROM \(identifier: table) WHERE \(identifier: name) = \(position)"
                ).rows
                trial.expectEqual(rows.columns.first?.name, name, "The name of a column")
                trial.expectEqual(try rows.first?.decode(Int.self), position, "The column '\(name)'")
            }
        },
        CaseDefinition("identifiers.anyNameNamesATable") { trial in
            let connection = try await trial.connect()
            for (position, odd) in oddNames.enumerated() {
                // With a name before it, so that two runs in one database do not meet.
                let name = Identifier(String(trial.name("").suffix(12)) + odd.prefix(48))
                try await trial.create(Table(name, columns: [Column("v", .integer)]), on: connection)
                try await connection.execute("INSERT INTO \(identifier: name) (v) VALUES (\(position))")
                trial.expectEqual(
                    try await trial.value("SELECT v FROM \(identifier: name)", as: Int.self, on: connection),
                    position,
                    "The table '\(name)'"
                )
            }
        },
        CaseDefinition("identifiers.anyNameNamesASavepointAnIndexAndAConstraint", needs: [.savepoints]) { trial in
            let connection = try await trial.connect()
            for odd in oddNames {
                let name = String(trial.name("").suffix(12)) + odd.prefix(40)
                let table = try await trial.makeTable(
                    [Column("amount", .integer)],
                    uniqueConstraints: [UniqueConstraint(["amount"], name: "u\(name)")],
                    on: connection
                )
                try await trial.perform(.createIndex(Index("i\(name)", on: table, ["amount", "id"])), on: connection)
                try await connection.begin(.readWrite)
                try await connection.savepoint(.set(odd))
                try await trial.insert(1, 1, into: table, on: connection)
                try await connection.savepoint(.rollBack(to: odd))
                try await connection.savepoint(.release(odd))
                try await connection.commit()
                trial.expectEqual(try await trial.count(of: table, on: connection), 0, "Rows after '\(odd)'")
                try await trial.perform(.dropIndex("i\(name)", on: table), on: connection)
            }
        },
        CaseDefinition("identifiers.quotingKeepsHostileNamesApart") { trial in
            // Text in quotes is one token: whatever the name, it ends where the dialect says.
            let connection = try await trial.connect()
            let digits = try await trial.makeDigits(on: connection)
            let hostile = ["n\" FROM x; --", "n` FROM x; --", "n] FROM x; --", "n' FROM x; --", "n\\\" FROM x; --"]
            for name in hostile {
                await trial.expectError(.undefinedObject, .syntaxError, from: "The column '\(name)'") {
                    try await connection.execute(
                        "SELECT \(identifier: Identifier(name, schema: "d")) FROM \(identifier: digits) d"
                    )
                }
                await trial.expectUsable(connection, after: "a hostile name")
            }
        },
    ]

    private static let oddNames = [
        "select", "order", "from", "user", "table", "MixedCase", "with space", "semi;colon", "dash-dash--",
        "quote\"inside", "two\"\"quotes", "apostrophe'", "back`tick", "brackets[]", "back\\slash", "dollar$1",
        "percent%s",
        "question?", "colon:name", "at@sign", "hash#", "/*comment*/", "dotted.name", "números", "日本語", "Ω", "1digit",
        String(repeating: "l", count: 60),
    ]
}
