internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Transactions that may only read.
    static let readOnly: [CaseDefinition] = [
        CaseDefinition("readOnly.writesAreRefused", needs: [.readOnlyTransactions]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            let writes: [Statement] = [
                "INSERT INTO \(identifier: table) (id, amount) VALUES (2, 2)",
                "UPDATE \(identifier: table) SET amount = 9", "DELETE FROM \(identifier: table)",
            ]
            for write in writes {
                try await connection.begin(.readOnly)
                trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows read")
                await trial.expectError(.readOnlyViolation, from: "'\(write)'") { try await connection.execute(write) }
                try await connection.rollBack()
            }
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: connection), 0, "The value in the end")
            trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows in the end")
        },
        // Elsewhere a schema operation commits the transaction that it is in, and is not part of it.
        CaseDefinition("readOnly.schemaChangesAreRefused", needs: [.readOnlyTransactions, .transactionalDDL]) { trial in
            let connection = try await trial.connect()
            let table = Table(Identifier(trial.name("t")), columns: [Column("id", .integer)])
            try await connection.begin(.readOnly)
            await trial.expectError(.readOnlyViolation, from: "A create table") {
                try await trial.create(table, on: connection)
            }
            try await connection.rollBack()
            await trial.expectError(.undefinedObject, from: "A read of the table that was not made") {
                try await connection.execute("SELECT id FROM \(identifier: table.name)")
            }
        },
        CaseDefinition("readOnly.endsWithItsTransaction", needs: [.readOnlyTransactions]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            for id in 1...3 {
                try await connection.begin(.readOnly)
                if id.isMultiple(of: 2) { try await connection.rollBack() } else { try await connection.commit() }
                try await trial.insert(id, id, into: table, on: connection)
                try await connection.begin(.readWrite)
                try await connection.execute("UPDATE \(identifier: table) SET amount = 0 WHERE id = \(id)")
                try await connection.commit()
            }
            trial.expectEqual(try await trial.count(of: table, on: connection), 3, "Rows written between")
        },
        CaseDefinition("features.readOnlyTransactionsAreAbsent", absent: .readOnlyTransactions) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            do throws(DatabaseError) {
                try await connection.begin(.readOnly)
            } catch {
                return trial.expectEqual(error.code, .unsupportedFeature, "The code of a read-only begin")
            }
            do throws(DatabaseError) {
                try await trial.insert(1, 1, into: table, on: connection)
            } catch {
                let code = error.code
                trial.expect(code != .readOnlyViolation, "Writes are refused; declare 'readOnlyTransactions'.")
            }
            try await connection.rollBack()
        },
    ]
}
