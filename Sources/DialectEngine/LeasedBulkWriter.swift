internal import DialectCore

/// The bulk insertion of a connection that was checked out: it ends with the lease.
final class LeasedBulkWriter: BulkWriter {
    private let writer: any BulkWriter
    private let connection: PooledConnection

    init(_ writer: any BulkWriter, of connection: PooledConnection) {
        self.writer = writer
        self.connection = connection
    }

    func write(_ rows: [[SQLValue]]) async throws(DatabaseError) {
        try await connection.call { _ throws(DatabaseError) in try await writer.write(rows) }
    }

    func finish() async throws(DatabaseError) -> Int {
        try await connection.call { _ throws(DatabaseError) in try await writer.finish() }
    }

    func cancel() async {
        await connection.callUnlessOver { _ in await writer.cancel() }
    }
}
