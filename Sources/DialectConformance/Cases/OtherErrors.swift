internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// What is wrong with statements.
    static let otherErrors: [CaseDefinition] = [
        CaseDefinition("errors.syntaxError") { trial in
            let connection = try await trial.connect()
            for sql in ["SELEC 1", "SELECT FROM WHERE", "INSERT INTO", "SELECT (1", "SELECT 1 1 1"] {
                let error = await trial.expectError(.syntaxError, from: "'\(sql)'") {
                    try await connection.execute(Statement(unsafe: sql))
                }
                trial.expect(error?.isRetryable != true, "A syntax error is called retryable.")
            }
        },
        CaseDefinition("errors.undefinedObject") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            let missing = trial.name("missing")
            let statements: [Statement] = [
                "SELECT * FROM \(identifier: missing)", "SELECT missing FROM \(identifier: table)",
                "INSERT INTO \(identifier: missing) (id) VALUES (1)",
                "UPDATE \(identifier: table) SET missing = 1", "DELETE FROM \(identifier: missing)",
            ]
            for statement in statements {
                await trial.expectError(.undefinedObject, from: "'\(statement)'") {
                    try await connection.execute(statement)
                }
            }
            let operations: [SchemaOperation] = [
                .dropTable(Identifier(missing)), .dropIndex(missing, on: table),
                .renameTable(Identifier(missing), to: trial.name("t")),
                .addColumn(Column("v", .integer, nullable: true), to: Identifier(missing)),
                .createIndex(Index(trial.name("ix"), on: Identifier(missing), ["id"])),
            ]
            for operation in operations {
                await trial.expectError(.undefinedObject, from: operation.summary) {
                    try await trial.perform(operation, on: connection)
                }
            }
            // Older releases of some databases drop no column at all, and say that.
            await trial.expectError(.undefinedObject, .unsupportedFeature, from: "drop a missing column") {
                try await trial.perform(.dropColumn("missing", from: table), on: connection)
            }
        },
        CaseDefinition("errors.duplicateObject") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            let other = try await trial.makeCounters([], on: connection)
            let index = Index(trial.name("ix"), on: table, ["amount"])
            try await trial.perform(.createIndex(index), on: connection)
            let operations: [SchemaOperation] = [
                .createTable(Table(table, columns: [Column("id", .integer)])), .createIndex(index),
                .addColumn(Column("amount", .integer, nullable: true), to: table),
                .renameTable(other, to: table.name),
            ]
            for operation in operations {
                await trial.expectError(.duplicateObject, from: operation.summary) {
                    try await trial.perform(operation, on: connection)
                }
            }
        },
        CaseDefinition("errors.showNoBoundValue") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeTable([Column("name", .string(length: 40))], on: connection)
            let secret = "classified-91827364"
            let statements: [Statement] = [
                "SELEC \(secret)", "INSERT INTO \(identifier: table) (id, name) VALUES (\(secret), \(secret))",
                "INSERT INTO \(identifier: table) (id, nam) VALUES (1, \(secret))",
                "SELECT CAST(\(secret) AS INTEGER) / 0 FROM \(identifier: table)",
                "INSERT INTO \(identifier: table) (id, name) VALUES (1, \(secret)), (1, \(secret))",
                "INSERT INTO \(identifier: table) (id, name) VALUES (1, \(String(repeating: secret, count: 5)))",
            ]
            for statement in statements {
                do throws(DatabaseError) {
                    try await connection.execute(statement)
                } catch {
                    trial.expect(!error.description.contains("91827364"), "A bound value is shown: \(error)")
                    let text = error.statement ?? ""
                    trial.expect(!text.contains("91827364"), "The failed statement's text has a bound value: \(text)")
                }
            }
        },
    ]
}
