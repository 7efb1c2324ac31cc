internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Inserting many rows at a time.
    static let bulkInserts: [CaseDefinition] = [
        CaseDefinition("bulkInserts.keepEveryValue", needs: [.bulkInsert]) { trial in
            let connection = try await trial.bulkConnection()
            let table = try await trial.makeTable(bulkColumns, on: connection)
            var rows = bulkRows
            rows += (rows.count..<2_500).map { [.integer(Int64($0)), .text("row \($0)"), .null, .null, .null, .null] }
            let expected = rows
            let count = try await connection.insert(
                into: table,
                columns: ["id"] + bulkColumns.map(\.name),
                rows: rows,
                batchSize: 700
            ) { $0 }
            trial.expectEqual(count, expected.count, "The number of inserted rows")
            let read = try await connection.execute(
                "SELECT id, \(identifiers: bulkColumns.map(\.name)) FROM \(identifier: table) ORDER BY id"
            ).rows
            trial.expectEqual(read.count, expected.count, "The number of rows")
            for (row, values) in zip(read, expected) {
                for (position, value) in values.enumerated() {
                    let cell = try row.cell(at: position)
                    let isUnchanged = try value.survives(in: cell)
                    trial.expect(isUnchanged, "\(value) became \(cell.value) in column \(position).")
                }
            }
        },
        CaseDefinition("bulkInserts.keepAllOrNothing", needs: [.bulkInsert]) { trial in
            let (connection, other) = (try await trial.bulkConnection(), try await trial.connect())
            let table = try await trial.makeCounters([750], on: other)
            let numbers = 0..<1500
            await trial.expectError(.uniqueViolation, from: "A bulk insert with a row that is there") {
                try await connection.insert(into: table, columns: ["id", "amount"], rows: numbers, batchSize: 100) {
                    [$0, 1]
                }
            }
            trial.expectEqual(try await trial.ids(in: table, on: other), [750], "Rows after the failure")
            await trial.expectUsable(connection, after: "a failed bulk insert")
            try await trial.insert(1, 1, into: table, on: connection)
        },
        CaseDefinition("bulkInserts.aCancelledOneLeavesNothing", needs: [.bulkInsert]) { trial in
            let (connection, other) = (try await trial.bulkConnection(), try await trial.connect())
            let table = try await trial.makeCounters([], on: other)
            let writer = try await connection.openBulkInsert(into: table, columns: ["id", "amount"])
            try await writer.write((0..<500).map { [.integer($0), .integer($0)] })
            await writer.cancel()
            await writer.cancel()
            trial.expectEqual(try await trial.count(of: table, on: other), 0, "Rows after the cancel")
            await trial.expectUsable(connection, after: "a cancelled bulk insert")
            let second = try await connection.openBulkInsert(into: table, columns: ["id", "amount"])
            try await second.write([[.integer(1), .integer(1)]])
            trial.expectEqual(try await second.finish(), 1, "The rows of the next one")
            await second.cancel()
            trial.expectEqual(try await trial.ids(in: table, on: other), [1], "Rows after a late cancel")
        },
        CaseDefinition("bulkInserts.takePartInATransaction", needs: [.bulkInsert]) { trial in
            let (connection, other) = (try await trial.bulkConnection(), try await trial.connect())
            let table = try await trial.makeCounters([], on: other)
            for isCommitted in [false, true] {
                try await connection.begin(.readWrite)
                try await connection.insert(into: table, columns: ["id", "amount"], rows: 0..<20) { [$0, 1] }
                if isCommitted { try await connection.commit() } else { try await connection.rollBack() }
                trial.expectEqual(try await trial.count(of: table, on: other), isCommitted ? 20 : 0, "Rows afterwards")
            }
        },
        CaseDefinition("bulkInserts.ofNoRowsAndIntoNoTable", needs: [.bulkInsert]) { trial in
            let connection = try await trial.bulkConnection()
            let table = try await trial.makeCounters([], on: connection)
            let none = try await connection.insert(into: table, columns: ["id", "amount"], rows: [Int]()) { [$0, 1] }
            trial.expectEqual(none, 0, "Rows of an empty bulk insert")
            let missing = Identifier(trial.name("missing"))
            await trial.expectError(.undefinedObject, from: "A bulk insert into no table") {
                try await connection.insert(into: missing, columns: ["id"], rows: [1]) { [$0] }
            }
            await trial.expectUsable(connection, after: "a bulk insert into no table")
        },
        CaseDefinition("features.bulkInsertIsAbsent", absent: .bulkInsert) { trial in
            let connection = try await trial.connect()
            trial.expect(!(connection is any BulkInserting), "Connections insert in bulk; declare 'bulkInsert'.")
        },
    ]

    private static let bulkColumns = [
        Column("t", .text, nullable: true), Column("b", .bytes, nullable: true), Column("d", .double, nullable: true),
        Column("flag", .boolean, nullable: true), Column("time", .timestamp(fractionDigits: 6), nullable: true),
    ]

    private static let bulkRows: [[SQLValue]] = [
        [
            .integer(0), .text(""), .bytes([]), .double(0), .bool(false),
            .timestamp(Timestamp(microsecondsSinceEpoch: 0)),
        ],
        [.integer(1), .null, .null, .null, .null, .null],
        [
            .integer(2), .text("tab\tnew\nline\rback\\slash \\N \\. \"quoted\" 'it''s' , ; 😀"),
            .bytes([0, 9, 10, 13, 34, 39, 44, 92, 255]), .double(0.1), .bool(true),
            .timestamp(Timestamp(microsecondsSinceEpoch: 1_700_000_000_123_456)),
        ],
        [
            .integer(3), .text("\\N"), .bytes(Array(0...255)), .double(-.greatestFiniteMagnitude), .bool(true),
            .timestamp(Timestamp(microsecondsSinceEpoch: -1)),
        ],
        [.integer(4), .text("\\."), .bytes(Array("\\x00".utf8)), .double(1e-300), .null, .null],
        [.integer(5), .text(String(repeating: "long", count: 16_000)), .null, .null, .null, .null],
    ]
}

extension Trial {
    fileprivate func bulkConnection() async throws -> any BulkInserting {
        try capability((any BulkInserting).self, of: try await connect())
    }
}
