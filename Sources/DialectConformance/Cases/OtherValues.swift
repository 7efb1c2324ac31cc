internal import DialectCore
internal import Testing

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension ConformanceSuite {
    /// Booleans and UUIDs, and whether they have types of their own.
    static let otherValues: [CaseDefinition] = [
        CaseDefinition("values.booleansSurvive") { trial in
            try await trial.expectSurvival(
                of: [EdgeValue("True", .bool(true)), EdgeValue("False", .bool(false))],
                in: .boolean,
                isComparable: true
            )
        },
        CaseDefinition("values.uuidsSurvive") { trial in
            try await trial.expectSurvival(
                of: uuids.map { EdgeValue("The UUID \($0)", .uuid($0)) },
                in: .uuid,
                isComparable: true
            )
        },
        CaseDefinition("values.booleansHaveTheirOwnKind", needs: [.nativeBoolean]) { trial in
            trial.expectEqual(try await kind(of: .bool(true), in: .boolean, trial), .bool, "The kind of a boolean")
        },
        CaseDefinition("features.nativeBooleanIsAbsent", absent: .nativeBoolean) { trial in
            let kind = try await kind(of: .bool(true), in: .boolean, trial)
            trial.expect(kind != .bool, "Booleans have a type of their own; declare 'nativeBoolean'.")
        },
        CaseDefinition("values.uuidsHaveTheirOwnKind", needs: [.nativeUUID]) { trial in
            trial.expectEqual(try await kind(of: .uuid(uuids[0]), in: .uuid, trial), .uuid, "The kind of a UUID")
        },
        CaseDefinition("features.nativeUUIDIsAbsent", absent: .nativeUUID) { trial in
            let kind = try await kind(of: .uuid(uuids[0]), in: .uuid, trial)
            trial.expect(kind != .uuid, "UUIDs have a type of their own; declare 'nativeUUID'.")
        },
    ]

    private static let uuids: [UUID] = [
        UUID(uuid: (0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0x4C, 0xDE, 0x8F, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD)),
        UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        UUID(uuid: (255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)),
    ]

    private static func kind(of value: SQLValue, in type: ColumnType, _ trial: Trial) async throws -> CellKind? {
        let connection = try await trial.connect()
        let table = try await trial.makeTable([Column("v", type)], on: connection)
        try await connection.execute("INSERT INTO \(identifier: table) (id, v) VALUES (1, \(value))")
        return try await connection.execute("SELECT v FROM \(identifier: table)").rows.first?.cell(at: 0).kind
    }

    /// Nothing, which is not the same as empty.
    static let nulls: [CaseDefinition] = [
        CaseDefinition("values.nullIsNullInEveryType") { trial in
            let types: [ColumnType] = [
                .boolean, .smallInteger, .integer, .bigInteger, .double, .decimal(precision: 10, scale: 2),
                .string(length: 10), .text, .bytes, .uuid, .timestamp(fractionDigits: 6), .timestamp(), .json,
            ]
            for type in types { try await trial.expectSurvival(of: [EdgeValue("Null in \(type)", .null)], in: type) }
        },
        CaseDefinition("values.emptyIsNotNull") { trial in
            let connection = try await trial.connect()
            let columns = [Column("t", .text, nullable: true), Column("b", .bytes, nullable: true)]
            let table = try await trial.makeTable(columns, on: connection)
            try await connection.execute(
                "INSERT INTO \(identifier: table) (id, t, b) VALUES (1, \(""), \([UInt8]())), (2, \(SQLValue.null), \(SQLValue.null))"
            )
            for (column, what) in [("t", "text"), ("b", "bytes")] {
                let empty: Statement =
                    "SELECT id FROM \(identifier: table) WHERE \(identifier: column) IS NULL ORDER BY id"
                let ids = try await connection.execute(empty).rows.map { try $0.decode(Int.self) }
                trial.expectEqual(ids, [2], "The rows whose \(what) is null")
            }
        },
    ]
}
