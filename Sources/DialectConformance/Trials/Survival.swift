internal import DialectCore
internal import Testing

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A value at the edge of its type.
struct EdgeValue: Sendable {
    let label: String
    let value: SQLValue
    /// Whether a dialect may refuse the value; most it must keep.
    let isRefusable: Bool

    init(_ label: String, _ value: SQLValue, refusable: Bool = false) {
        self.label = label
        self.value = value
        isRefusable = refusable
    }
}

extension Trial {
    /// Expects that each value comes back from a column exactly as it went in, or is refused where that is allowed.
    ///
    /// `isComparable` tells whether a row is found again by the value, which not every type of every database allows.
    func expectSurvival(of values: [EdgeValue], in type: ColumnType, isComparable: Bool = false) async throws {
        let connection = try await connect()
        guard let table = try await makeValueTable(type, on: connection) else { return }
        for (id, edge) in values.enumerated() {
            let insertion: Statement = "INSERT INTO \(identifier: table) (id, v) VALUES (\(id), \(edge.value))"
            if case .failure(let error) = await outcome(of: { () async throws(DatabaseError) in
                try await connection.execute(insertion)
            }) {
                expectRefusal(error, of: edge)
                await expectUsable(connection, after: "the refusal of \(edge.label)")
            } else {
                try await expectKept(edge, id, in: table, on: connection)
                if isComparable { try await expectFound(edge, id, in: table, on: connection) }
            }
        }
    }

    /// A table with a column of the type, or nil when the database has no such type.
    private func makeValueTable(
        _ type: ColumnType,
        on connection: any Connection
    ) async throws(DatabaseError) -> Identifier? {
        do {
            return try await makeTable([Column("v", type, nullable: true)], on: connection)
        } catch {
            guard error.code == .unsupportedFeature else { throw error }
            return nil
        }
    }

    private func expectKept(
        _ edge: EdgeValue,
        _ id: Int,
        in table: Identifier,
        on connection: any Connection
    ) async throws {
        let selection: Statement = "SELECT v FROM \(identifier: table) WHERE id = \(id)"
        try expectUnchanged(edge, in: try await connection.execute(selection).rows.first, by: "execute")
        guard let streaming = connection as? any RowStreaming else { return }
        let cursor = try await streaming.openCursor(selection)
        try expectUnchanged(edge, in: try await cursor.nextBatch(limit: 1)?.first, by: "a cursor")
        await cursor.close()
    }

    private func expectFound(
        _ edge: EdgeValue,
        _ id: Int,
        in table: Identifier,
        on connection: any Connection
    ) async throws {
        let search: Statement = "SELECT COUNT(*) FROM \(identifier: table) WHERE id = \(id) AND v = \(edge.value)"
        expectEqual(try await value(search, as: Int.self, on: connection), 1, "Rows found by \(edge.label)")
    }

    private func expectRefusal(_ error: DatabaseError, of edge: EdgeValue) {
        if edge.isRefusable {
            expect(
                error.code == .valueNotRepresentable || error.code == .valueOutOfRange,
                "\(edge.label) was refused with another error than for its value: \(String(reflecting: error))"
            )
        } else {
            expect(false, "\(edge.label) must be kept and was refused: \(String(reflecting: error))")
        }
    }

    private func expectUnchanged(_ edge: EdgeValue, in row: Row?, by way: String) throws {
        guard let row else { return expect(false, "\(edge.label): the row is not there when read by \(way).") }
        let cell = try row.cell(at: 0)
        let isUnchanged: Bool
        do {
            isUnchanged = try edge.value.survives(in: cell)
        } catch {
            return expect(false, "\(edge.label), read by \(way): \(String(reflecting: error))")
        }
        // Not compared here: 0.0 and -0.0 are equal and not the same, and so is a letter composed in two ways.
        expect(isUnchanged, "\(edge.label), read by \(way), became \(shown(cell.value)).")
    }
}

extension SQLValue {
    /// Whether a cell, read as the value's Swift type, holds the value unchanged.
    func survives(in cell: Cell) throws(DatabaseError) -> Bool {
        if case .null = self { return cell.isNull }
        guard !cell.isNull else { return false }
        switch self {
        case .null: return true
        case .bool(let bool): return try Bool(from: cell) == bool
        case .integer(let integer): return try Int64(from: cell) == integer
        case .double(let double):
            let read = try Double(from: cell)
            return read.bitPattern == double.bitPattern || (read.isNaN && double.isNaN)
        case .decimal(let decimal): return try Decimal(from: cell) == decimal
        // Strings are equal when their letters are, and bytes are what must be kept.
        case .text(let text):
            guard cell.kind == .text else { return false }
            return try String(from: cell).utf8.elementsEqual(text.utf8)
        case .bytes(let bytes): return try [UInt8](from: cell) == bytes
        case .uuid(let uuid): return try UUID(from: cell) == uuid
        case .timestamp(let timestamp): return try Timestamp(from: cell) == timestamp
        // A database may keep a document as a tree, and write it with other spaces.
        case .json(let text): return try JSON<JSONTree>(from: cell).value == JSONTree(text)
        }
    }
}
