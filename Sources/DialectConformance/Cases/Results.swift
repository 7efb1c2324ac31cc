internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Buffered results.
    static let results: [CaseDefinition] = [
        CaseDefinition("results.aHundredThousandRowsAreAllThere") { trial in
            let connection = try await trial.connect()
            let digits = try await trial.makeDigits(on: connection)
            let rows = try await connection.execute(trial.numbers(5, from: digits)).rows
            trial.expectEqual(rows.count, 100_000, "The number of rows")
            try trial.expectNumbers(rows, below: 100_000)
        },
        CaseDefinition("results.noRowsStillHaveColumns") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeTable([Column("name", .text)], on: connection)
            let rows = try await connection.execute("SELECT id, name AS label FROM \(identifier: table)").rows
            trial.expectEqual(rows.count, 0, "The number of rows")
            trial.expectEqual(rows.columns.map(\.name), ["id", "label"], "The columns of no rows")
        },
        CaseDefinition("results.twoColumnsMayHaveOneName") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1, 2], on: connection)
            let rows = try await connection.execute(
                "SELECT a.id, b.id FROM \(identifier: table) a, \(identifier: table) b WHERE a.id = 1 AND b.id = 2"
            ).rows
            trial.expectEqual(rows.columns.map(\.name), ["id", "id"], "The names of the columns")
            trial.expectEqual(try rows.first?.decode(Int.self, at: 0), 1, "The first column")
            trial.expectEqual(try rows.first?.decode(Int.self, at: 1), 2, "The second column")
        },
        CaseDefinition("results.manyColumnsKeepTheirPlaces") { trial in
            let connection = try await trial.connect()
            let list = (0..<300).map { "\($0) AS c\($0)" }.joined(separator: ", ")
            let row = try await connection.execute("SELECT \(unsafe: list)").rows.first
            trial.expectEqual(row?.columns.count, 300, "The number of columns")
            for position in [0, 1, 150, 299] {
                trial.expectEqual(try row?.decode(Int.self, named: "c\(position)"), position, "Column \(position)")
            }
        },
        CaseDefinition("results.affectedRowsAreTheMatchedOnes") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1, 2, 3], on: connection)
            let same = try await connection.execute("UPDATE \(identifier: table) SET amount = 0 WHERE id <= 2")
            trial.expectEqual(same.affectedRows, 2, "Rows of an update that changes nothing")
            let none = try await connection.execute("UPDATE \(identifier: table) SET amount = 1 WHERE id = 9")
            trial.expectEqual(none.affectedRows, 0, "Rows of an update that matches nothing")
            let inserted = try await connection.execute(
                "INSERT INTO \(identifier: table) (id, amount) VALUES (4, 0), (5, 0), (6, 0)"
            )
            trial.expectEqual(inserted.affectedRows, 3, "Rows of an insert")
            let deleted = try await connection.execute("DELETE FROM \(identifier: table) WHERE id > 1")
            trial.expectEqual(deleted.affectedRows, 5, "Rows of a delete")
            let read = try await connection.execute("SELECT id FROM \(identifier: table)")
            trial.expectEqual(read.affectedRows, 0, "Affected rows of a SELECT")
        },
        CaseDefinition("results.returningGivesTheInsertedRow", needs: [.returning]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            let result = try await connection.execute(
                "INSERT INTO \(identifier: table) (id, amount) VALUES (\(7), \(70)) RETURNING id, amount"
            )
            trial.expectEqual(try result.rows.first?.decode(Int.self, at: 0), 7, "The returned id")
            trial.expectEqual(try result.rows.first?.decode(Int.self, at: 1), 70, "The returned amount")
            trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows in the table")
        },
        CaseDefinition("features.returningIsAbsent", absent: .returning) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            await trial.expectError(.syntaxError, .unsupportedFeature, from: "INSERT … RETURNING") {
                try await connection.execute("INSERT INTO \(identifier: table) (id, amount) VALUES (1, 1) RETURNING id")
            }
        },
    ]
}

extension Trial {
    /// Expects rows of one column to be the numbers from 0, in any order.
    func expectNumbers(_ rows: some Collection<Row>, below limit: Int) throws {
        var isSeen = [Bool](repeating: false, count: limit)
        for row in rows {
            let number = try row.decode(Int.self, at: 0)
            guard isSeen.indices.contains(number), !isSeen[number] else {
                return expect(false, "The number \(number) is there twice or should not be there.")
            }
            isSeen[number] = true
        }
        expect(!isSeen.contains(false), "A number below \(limit) is missing.")
    }
}
