internal import DialectCore
internal import Testing

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension ConformanceSuite {
    /// Values that are written into SQL text.
    static let literals: [CaseDefinition] = [
        CaseDefinition("literals.meanWhatBoundValuesMean") { trial in
            let texts = ["", "it's", "''", "back\\slash\\", "\\'", "?", "-- x", "a\nb", "日本語 😀", "a\0b", "$1 :n \"q\""]
            let uuid = UUID(
                uuid: (0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0x4C, 0xDE, 0x8F, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD)
            )
            let values: [(ColumnType, [SQLValue])] = [
                (.text, texts.map(SQLValue.text)),
                (.bigInteger, [0, 1, -1, .max, .min].map(SQLValue.integer)),
                (.boolean, [.bool(true), .bool(false)]),
                (.double, [0.1, -2.5, 1e-7, 1e300, .pi, -0.0, .infinity, .nan].map(SQLValue.double)),
                (
                    .decimal(precision: 30, scale: 4),
                    ["-12.3400", "1234567890123456789012.3456"].compactMap(Decimal.init(exactly:)).map(SQLValue.decimal)
                ),
                (.bytes, [[], [0, 255, 39, 92]].map(SQLValue.bytes)),
                (.uuid, [.uuid(uuid)]),
                (
                    .timestamp(fractionDigits: 6),
                    [-1, 1_900_000_000_123_456].map { .timestamp(Timestamp(microsecondsSinceEpoch: $0)) }
                ),
                (.json, [.json(#"{"it's":["\\",1.50]}"#)]),
            ]
            for (type, values) in values { try await trial.expectLiterals(of: [.null] + values, in: type) }
        }
    ]
}

extension Trial {
    /// Expects that a row takes a literal as it takes the bound value, or that both are refused.
    fileprivate func expectLiterals(of values: [SQLValue], in type: ColumnType) async throws {
        let connection = try await connect()
        let table = try await makeTable([Column("v", type, nullable: true)], on: connection)
        for (id, value) in values.enumerated() {
            let label = "The literal of \(value)"
            let insertion: Statement = "INSERT INTO \(identifier: table) (id, v) VALUES (\(id), \(value))"
            let script: String
            do {
                script = try insertion.script(for: dialect)
            } catch {
                expect(error.code == .valueNotRepresentable, "\(label) was refused: \(String(reflecting: error))")
                let bound = await outcome { () async throws(DatabaseError) in try await connection.execute(insertion) }
                if case .success = bound { expect(false, "\(label) was refused, and the bound value was not.") }
                continue
            }
            try await connection.execute(Statement(unsafe: script))
            let row = try await connection.execute("SELECT v FROM \(identifier: table) WHERE id = \(id)").rows.first
            guard let cell = try row?.cell(at: 0) else { return expect(false, "\(label): the row is not there.") }
            expect(try value.survives(in: cell), "\(label) became \(shown(cell.value)).")
        }
    }
}
