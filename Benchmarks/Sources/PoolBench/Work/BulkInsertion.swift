import DialectCore
import DialectEngine
import Measuring

/// Inserts 100,000 rows of four columns, in one transaction.
struct BulkInsertion: Sendable {
    static let count = 100_000
    private static let batch = 1000

    let database: BenchmarkName.Database
    let engine: Engine

    private var columns: [String] { ["id", "name", database == .sqlite ? "score" : "created", "visits"] }

    /// What goes before each insertion.
    func emptying() -> @Sendable () async throws -> Void {
        let statement: Statement = database == .sqlite ? "DELETE FROM bulk" : "TRUNCATE bulk"
        return { try await engine.execute(statement) }
    }

    /// As an application writes it.
    func byRows() -> ClosedLoop.Operation {
        { _ in
            let inserted = try await engine.withConnection { connection in
                try await connection.insert(into: "bulk", columns: columns, rows: 1...Self.count) { id in
                    [id, "person number \(id)", third(id), 3 * id]
                }
            }
            try check(inserted)
            return inserted
        }
    }

    /// As fast as the interface allows.
    func byWriter() -> ClosedLoop.Operation {
        { _ in
            let inserted = try await engine.withConnection { connection in
                let writer = try await connection.openBulkInsert(into: "bulk", columns: columns)
                for first in stride(from: 1, through: Self.count, by: Self.batch) {
                    try await writer.write((first..<first + Self.batch).map(values))
                }
                return try await writer.finish()
            }
            try check(inserted)
            return inserted
        }
    }

    private func values(_ id: Int) -> [SQLValue] {
        let last: SQLValue =
            database == .sqlite ? .double(Double(id) / 8) : .timestamp(created(id))
        return [.integer(Int64(id)), .text("person number \(id)"), last, .integer(Int64(3 * id))]
    }

    private func third(_ id: Int) -> any SQLEncodable { database == .sqlite ? Double(id) / 8 : created(id) }

    private func created(_ id: Int) -> Timestamp {
        Timestamp(microsecondsSinceEpoch: 1_704_067_200_000_000 + Int64(id) * 61_000_123)
    }

    private func check(_ inserted: Int) throws {
        guard inserted == Self.count else { throw Failure.wrong("\(inserted) rows inserted") }
    }
}
