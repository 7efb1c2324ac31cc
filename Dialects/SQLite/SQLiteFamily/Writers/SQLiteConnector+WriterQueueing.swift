public import DialectCore

// One line for each connector; a file's own, in `WriterQueueRegistry`, is for all that have the file open.
extension SQLiteConnector: WriterQueueing {
    /// Runs `body` when all transactions that write and came earlier are over; at once in memory, where one connection is
    /// the line.
    ///
    /// - Throws: `DatabaseError` with code `lockTimeout` after the URL option `writer_timeout`, and with `cancelled`; and
    ///   whatever `body` throws.
    public func withWriterTurn<Result>(_ body: () async throws -> Result) async throws -> Result {
        guard let path = options.path else { return try await body() }
        let turn: WriterQueue.Slot
        if let free = writers.takeNow() {
            turn = free
        } else {
            turn = try await writers.take(writers.ticket(), timeout: options.writerTimeout, path: path)
        }
        defer { turn.release() }
        return try await body()
    }
}
