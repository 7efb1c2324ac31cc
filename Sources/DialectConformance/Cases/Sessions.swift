internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// What one session does with statements that follow one another.
    static let sessions: [CaseDefinition] = [
        CaseDefinition("sessions.aFailedStatementLeavesTheSessionUsable") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            let missing = trial.name("missing")
            let failing: [Statement] = [
                "SELEC 1", "", "SELECT", "SELECT * FROM \(identifier: missing)", "SELECT 'unclosed",
                "INSERT INTO \(identifier: table) (id, amount) VALUES (1, 1)",
                "INSERT INTO \(identifier: table) (id, amount) VALUES (2, \(String?.none))",
            ]
            for statement in failing {
                for _ in 0..<2 { _ = try? await connection.execute(statement) }
                await trial.expectUsable(connection, after: "the statement '\(statement)'")
            }
            trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows in the table")
        },
        CaseDefinition("sessions.aStatementRunsAgainAfterItFailed") { trial in
            let connection = try await trial.connect()
            let table = Table(Identifier(trial.name("later")), columns: [Column("v", .integer)])
            let statement: Statement = "SELECT v FROM \(identifier: table.name)"
            await trial.expectError(.undefinedObject, from: "A SELECT before its table is there") {
                try await connection.execute(statement)
            }
            try await trial.create(table, on: connection)
            trial.expectEqual(try await connection.execute(statement).rows.count, 0, "Rows of the new table")
        },
        CaseDefinition("sessions.anotherSessionsSchemaChangeIsSeen") { trial in
            let (connection, other) = (try await trial.connect(), try await trial.connect())
            for changer in [connection, other] {
                let table = try await trial.makeCounters([1], on: connection)
                let statement: Statement = "SELECT * FROM \(identifier: table)"
                for _ in 0..<6 {
                    trial.expectEqual(try await connection.execute(statement).rows.columns.count, 2, "Columns before")
                }
                try await trial.perform(.addColumn(Column("more", .text, nullable: true), to: table), on: changer)
                let rows = try await connection.execute(statement).rows
                trial.expectEqual(rows.columns.map(\.name), ["id", "amount", "more"], "Columns after the change")
                trial.expectEqual(try rows.first?.decode(String?.self, at: 2), String??.some(nil), "The new column")
            }
        },
        CaseDefinition("sessions.aTableMadeAnewIsReadAnew") { trial in
            let connection = try await trial.connect()
            let name = Identifier(trial.name("t"))
            let statement: Statement = "SELECT v FROM \(identifier: name)"
            for (type, value) in [
                (ColumnType.integer, SQLValue.integer(1)), (.text, .text("one")), (.double, .double(0.5)),
            ] {
                try await trial.create(Table(name, columns: [Column("v", type)]), on: connection)
                try await connection.execute("INSERT INTO \(identifier: name) (v) VALUES (\(value))")
                for _ in 0..<6 {
                    let cell = try await connection.execute(statement).rows.first?.cell(at: 0)
                    trial.expectEqual(
                        try cell.map { try value.survives(in: $0) },
                        true,
                        "The value in a column of \(type)"
                    )
                }
                try await trial.perform(.dropTable(name), on: connection)
            }
        },
        CaseDefinition("sessions.aThousandDifferentStatementsRun") { trial in
            let connection = try await trial.connect()
            for number in 0..<1000 {
                let read: Int = try await trial.value("SELECT \(unsafe: String(number)) + 0", on: connection)
                guard read == number else { return trial.expectEqual(read, number, "Statement \(number)") }
            }
            await trial.expectUsable(connection, after: "a thousand statements")
        },
    ]
}
