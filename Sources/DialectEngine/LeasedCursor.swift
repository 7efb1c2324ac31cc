internal import DialectCore

/// The cursor of a connection that was checked out: it ends with the lease.
final class LeasedCursor: RowCursor {
    private let cursor: any RowCursor
    private let connection: PooledConnection

    init(_ cursor: any RowCursor, of connection: PooledConnection) {
        self.cursor = cursor
        self.connection = connection
    }

    func nextBatch(limit: Int) async throws(DatabaseError) -> Rows? {
        try await connection.call { _ throws(DatabaseError) in try await cursor.nextBatch(limit: limit) }
    }

    func close() async {
        await connection.callUnlessOver { _ in await cursor.close() }
    }
}
