internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Constraints, and the codes of their violations.
    static let constraintErrors: [CaseDefinition] = [
        CaseDefinition("errors.uniqueViolation") { trial in
            let connection = try await trial.connect()
            let name = trial.name("uq")
            let table = try await trial.makeTable(
                [Column("email", .string(length: 60))],
                uniqueConstraints: [UniqueConstraint(["email"], name: name)],
                on: connection
            )
            let secret = "classified@example.org"
            let insertion: (Int) -> Statement = {
                "INSERT INTO \(identifier: table) (id, email) VALUES (\($0), \(secret))"
            }
            try await connection.execute(insertion(1))
            let error = await trial.expectError(.uniqueViolation, from: "A second row with the same key") {
                try await connection.execute(insertion(2))
            }
            trial.expectNames(in: error, constraint: name, table: table.name, column: "email", hiding: secret)
            await trial.expectError(.uniqueViolation, from: "A second row with the same primary key") {
                try await connection.execute("INSERT INTO \(identifier: table) (id, email) VALUES (1, 'b')")
            }
            try await connection.execute("INSERT INTO \(identifier: table) (id, email) VALUES (3, 'c')")
            await trial.expectError(.uniqueViolation, from: "An update to a key that is there") {
                try await connection.execute("UPDATE \(identifier: table) SET email = \(secret) WHERE id = 3")
            }
        },
        CaseDefinition("errors.uniqueViolationOfAnIndex") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            let index = Index(trial.name("ix"), on: table, ["amount"], unique: true)
            try await trial.perform(.createIndex(index), on: connection)
            await trial.expectError(.uniqueViolation, from: "A second row with the same key") {
                try await trial.insert(2, 0, into: table, on: connection)
            }
        },
        CaseDefinition("errors.notNullViolation") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeTable(
                [Column("name", .text), Column("other", .text, nullable: true)],
                on: connection
            )
            let secret = "classified text"
            let error = await trial.expectError(.notNullViolation, from: "A null where none may be") {
                try await connection.execute(
                    "INSERT INTO \(identifier: table) (id, name, other) VALUES (1, \(String?.none), \(secret))"
                )
            }
            trial.expectNames(in: error, table: table.name, column: "name", hiding: secret)
            try await connection.execute("INSERT INTO \(identifier: table) (id, name) VALUES (1, 'a')")
            await trial.expectError(.notNullViolation, from: "An update to null") {
                try await connection.execute("UPDATE \(identifier: table) SET name = NULL")
            }
        },
        CaseDefinition("errors.checkViolation") { trial in
            let connection = try await trial.connect()
            let name = trial.name("ck")
            let table = try await trial.makeTable(
                [Column("amount", .integer)],
                checkConstraints: [CheckConstraint(unsafe: "amount > 10", name: name)],
                on: connection
            )
            let error = await trial.expectError(.checkViolation, from: "A row whose check is false") {
                try await trial.insert(1, -918_273, into: table, on: connection)
            }
            trial.expectNames(in: error, constraint: name, table: table.name, hiding: "918273")
            try await trial.insert(1, 11, into: table, on: connection)
        },
        CaseDefinition("errors.foreignKeyViolationBothWays", needs: [.foreignKeys]) { trial in
            let connection = try await trial.connect()
            let parent = try await trial.makeCounters([1], on: connection)
            let name = trial.name("fk")
            let child = try await trial.makeTable(
                [Column("parent", .integer)],
                foreignKeys: [ForeignKey(["parent"], references: parent, ["id"], name: name)],
                on: connection
            )
            let error = await trial.expectError(.foreignKeyViolation, from: "A row without its parent") {
                try await connection.execute("INSERT INTO \(identifier: child) (id, parent) VALUES (1, \(918_273))")
            }
            // SQLite and the like do not tell which key it was, and those that do name it.
            trial.expectNames(in: error, constraint: name, table: child.name, hiding: "918273")
            try await connection.execute("INSERT INTO \(identifier: child) (id, parent) VALUES (1, 1)")
            await trial.expectError(.foreignKeyViolation, from: "The delete of a parent") {
                try await connection.execute("DELETE FROM \(identifier: parent)")
            }
            await trial.expectError(.foreignKeyViolation, from: "The change of a parent's key") {
                try await connection.execute("UPDATE \(identifier: parent) SET id = 5")
            }
            trial.expectEqual(try await trial.count(of: parent, on: connection), 1, "Parents in the end")
        },
        CaseDefinition("features.foreignKeysAreAbsent", absent: .foreignKeys) { trial in
            let connection = try await trial.connect()
            let parent = try await trial.makeCounters([1], on: connection)
            let key = ForeignKey(["parent"], references: parent, ["id"])
            do throws(DatabaseError) {
                let child = try await trial.makeTable([Column("parent", .integer)], foreignKeys: [key], on: connection)
                try await connection.execute("INSERT INTO \(identifier: child) (id, parent) VALUES (1, 9)")
            } catch {
                let code = error.code
                trial.expect(code != .foreignKeyViolation, "Foreign keys are enforced; declare 'foreignKeys'.")
            }
        },
    ]
}

extension Trial {
    /// Expects that an error names what it is about, where it names anything, and shows no bound value.
    func expectNames(
        in error: DatabaseError?,
        constraint: String? = nil,
        table: String? = nil,
        column: String? = nil,
        hiding secret: String
    ) {
        guard let error else { return }
        expect(!error.description.contains(secret), "The description shows a bound value: \(error)")
        if let constraint, let named = error.constraint { expectEqual(named, constraint, "The named constraint") }
        if let table, let named = error.table { expectEqual(named, table, "The named table") }
        if let column, !error.columns.isEmpty { expectEqual(error.columns, [column], "The named columns") }
        expect(!(error.isRetryable), "A violated constraint is called retryable.")
    }
}
