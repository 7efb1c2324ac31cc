internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Each schema operation, by what statements find afterwards.
    static let schemaOperations: [CaseDefinition] = [
        CaseDefinition("schema.everyColumnTypeHasASpellingOrIsRefused") { trial in
            let types: [ColumnType] = [
                .boolean, .smallInteger, .integer, .bigInteger, .double, .decimal(precision: 38, scale: 10),
                .string(length: 255), .text, .bytes, .uuid, .timestamp(), .timestamp(fractionDigits: 0),
                .timestamp(fractionDigits: 6), .json,
            ]
            let connection = try await trial.connect()
            for type in types {
                do throws(DatabaseError) {
                    let spelling = try trial.dialect.spelling(of: type)
                    let table = Identifier(trial.name("t"))
                    trial.dropLater(table)
                    try await connection.execute("CREATE TABLE \(identifier: table) (v \(unsafe: spelling))")
                } catch {
                    guard error.code == .unsupportedFeature else { throw error }
                }
            }
            trial.expectEqual(try trial.dialect.spelling(of: .native("INTEGER")), "INTEGER", "A native type")
        },
        CaseDefinition("schema.createTableIfNotExistsLeavesTheTableAlone") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            let other = Table(table, columns: [Column("something", .text)])
            try await trial.perform(.createTable(other, ifNotExists: true), on: connection)
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: connection), 0, "The value in the old table")
        },
        CaseDefinition("schema.renameTableKeepsTheRows") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1, 2], on: connection)
            let new = Identifier(trial.name("renamed"))
            trial.dropLater(new)
            try await trial.perform(.renameTable(table, to: new.name), on: connection)
            trial.expectEqual(try await trial.count(of: new, on: connection), 2, "Rows under the new name")
            await trial.expectError(.undefinedObject, from: "A read of the old name") {
                try await trial.count(of: table, on: connection)
            }
        },
        CaseDefinition("schema.columnsComeGoAndChangeTheirNames") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            try await trial.perform(
                .addColumn(Column("state", .string(length: 10), default: .text("it's new")), to: table),
                on: connection
            )
            try await trial.perform(.addColumn(Column("note", .text, nullable: true), to: table), on: connection)
            let row = try await connection.execute("SELECT state, note FROM \(identifier: table)").rows.first
            trial.expectEqual(try row?.decode(String.self, at: 0), "it's new", "The default in the old row")
            trial.expectEqual(try row?.decode(String?.self, at: 1), String??.some(nil), "The null in the old row")
            var expected = ["id", "amount", "state", "note"]
            if try await trial.performs(.renameColumn("state", of: table, to: "status"), on: connection) {
                expected[2] = "status"
                let status: String = try await trial.value("SELECT status FROM \(identifier: table)", on: connection)
                trial.expectEqual(status, "it's new", "The value under the column's new name")
            }
            if try await trial.performs(.dropColumn(expected[2], from: table), on: connection) {
                expected.remove(at: 2)
            }
            let columns = try await connection.execute("SELECT * FROM \(identifier: table)").rows.columns.map(\.name)
            trial.expectEqual(columns, expected, "The columns in the end")
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: connection), 0, "The other value")
        },
        CaseDefinition("schema.defaultsFillIn") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeTable(
                [
                    Column("yes", .boolean, default: .boolean(true)), Column("no", .boolean, default: .boolean(false)),
                    Column("number", .bigInteger, default: .integer(-5)),
                    Column("word", .string(length: 40), default: .text("it's \"quoted\" \\ ; --")),
                    Column("empty", .string(length: 40), default: .text("")),
                    Column("made", .timestamp(fractionDigits: 6), default: .currentTimestamp),
                ],
                on: connection
            )
            let earliest = Timestamp.now + .seconds(-300)
            try await connection.execute("INSERT INTO \(identifier: table) (id) VALUES (1)")
            guard
                let row = try await connection.execute(
                    "SELECT \(identifiers: ["yes", "no", "number", "word", "empty", "made"]) FROM \(identifier: table)"
                ).rows.first
            else { return trial.expect(false, "The row is not there.") }
            trial.expectEqual(try row.decode(Bool.self, at: 0), true, "The default true")
            trial.expectEqual(try row.decode(Bool.self, at: 1), false, "The default false")
            trial.expectEqual(try row.decode(Int.self, at: 2), -5, "The default number")
            trial.expectEqual(try row.decode(String.self, at: 3), "it's \"quoted\" \\ ; --", "The default text")
            trial.expectEqual(try row.decode(String.self, at: 4), "", "The empty default text")
            let made = try row.decode(Timestamp.self, at: 5)
            // Five minutes for clocks of two machines; a wrong time zone is off by more.
            trial.expect(
                made > earliest && made < Timestamp.now + .seconds(300),
                "The default time \(made) is not now."
            )
        },
        CaseDefinition("schema.indexesComeAndGo") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1, 2], on: connection)
            let other = try await trial.makeCounters([], on: connection)
            let name = trial.name("ix")
            try await trial.perform(.createIndex(Index(name, on: table, ["amount", "id"])), on: connection)
            try await trial.perform(.dropIndex(name, on: table), on: connection)
            try await trial.perform(.createIndex(Index(name, on: other, ["amount"], unique: true)), on: connection)
            try await trial.insert(1, 1, into: other, on: connection)
            try await trial.perform(.dropIndex(name, on: other), on: connection)
            try await trial.insert(2, 1, into: other, on: connection)
            trial.expectEqual(try await trial.count(of: other, on: connection), 2, "Rows without the unique index")
        },
        CaseDefinition("schema.descendingIndexesAreMade", needs: [.descendingIndexes]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1, 2], on: connection)
            let index = Index(trial.name("ix"), on: table, [.descending("amount"), "id"])
            try await trial.perform(.createIndex(index), on: connection)
            trial.expectEqual(try await trial.ids(in: table, on: connection), [1, 2], "The rows of the indexed table")
        },
        CaseDefinition("features.descendingIndexesAreAbsent", absent: .descendingIndexes) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            let index = Index(trial.name("ix"), on: table, [.descending("amount")])
            do throws(DatabaseError) {
                try await trial.perform(.createIndex(index), on: connection)
            } catch {
                return trial.expectEqual(error.code, .unsupportedFeature, "The code of a descending index")
            }
            guard let reflecting = connection as? any SchemaReflecting else { return }
            let kept = try await reflecting.reflectSchema(nil).indexes.first { $0.name == index.name }
            trial.expect(kept?.elements != index.elements, "Indexes descend; declare 'descendingIndexes'.")
        },
        CaseDefinition("schema.operationsAreUndoneByARollBack", needs: [.transactionalDDL]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            let new = Table(Identifier(trial.name("t")), columns: [Column("id", .integer)])
            try await connection.begin(.readWrite)
            try await trial.create(new, on: connection)
            try await connection.execute("INSERT INTO \(identifier: new.name) (id) VALUES (1)")
            try await trial.perform(.addColumn(Column("more", .integer, nullable: true), to: table), on: connection)
            try await trial.perform(.createIndex(Index(trial.name("ix"), on: table, ["amount"])), on: connection)
            try await connection.rollBack()
            await trial.expectError(.undefinedObject, from: "A read of the table that was rolled back") {
                try await trial.count(of: new.name, on: connection)
            }
            let columns = try await connection.execute("SELECT * FROM \(identifier: table)").rows.columns.map(\.name)
            trial.expectEqual(columns, ["id", "amount"], "The columns after the rollback")
        },
        CaseDefinition("features.transactionalDDLIsAbsent", absent: .transactionalDDL) { trial in
            let connection = try await trial.connect()
            let new = Table(Identifier(trial.name("t")), columns: [Column("id", .integer)])
            try await connection.begin(.readWrite)
            let result = await outcome { () async throws(DatabaseError) in try await trial.create(new, on: connection) }
            try? await connection.rollBack()
            guard result.isSuccess else { return }
            let count = try? await trial.count(of: new.name, on: connection)
            trial.expect(count != nil, "A rollback undoes schema operations; declare 'transactionalDDL'.")
        },
    ]
}
