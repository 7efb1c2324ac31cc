/// The rows of a running statement, fetched in batches as they are asked for.
///
/// Rows that nobody asks for stay with the database: a slow reader slows the statement down, not the memory up. It can
/// be iterated once, inside the `withRows` that made it.
public struct RowSequence: AsyncSequence, Sendable {
    /// One row.
    public typealias Element = Row
    /// Iterating throws `DatabaseError`.
    public typealias Failure = DatabaseError

    let cursor: any RowCursor
    let batchSize: Int

    /// Starts to iterate.
    public func makeAsyncIterator() -> Iterator { Iterator(cursor: cursor, batchSize: batchSize) }

    /// Gives row after row.
    public struct Iterator: AsyncIteratorProtocol {
        let cursor: any RowCursor
        let batchSize: Int
        private var batch = Rows.none
        private var position = 0

        init(cursor: any RowCursor, batchSize: Int) {
            self.cursor = cursor
            self.batchSize = batchSize
        }

        /// The next row, or nil after the last.
        ///
        /// - Throws: `DatabaseError`, with code `cancelled` when the task is cancelled.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(DatabaseError) -> Row? {
            if position == batch.count {
                guard let next = try await cursor.nextBatch(limit: batchSize) else { return nil }
                (batch, position) = (next, 0)
            }
            defer { position += 1 }
            return batch[position]
        }

        /// The next row, or nil after the last.
        ///
        /// - Throws: `DatabaseError`, with code `cancelled` when the task is cancelled.
        public mutating func next() async throws(DatabaseError) -> Row? { try await next(isolation: #isolation) }
    }
}

extension RowStreaming {
    /// Runs a statement and lets `body` iterate over its rows; the statement ends when `body` does.
    ///
    /// `batchSize` is the number of rows fetched at a time, 256 unless told.
    ///
    /// - Throws: `DatabaseError` from the statement, and whatever `body` throws.
    @discardableResult
    public func withRows<Result: Sendable>(
        of statement: Statement,
        batchSize: Int = 256,
        _ body: (RowSequence) async throws -> Result
    ) async throws -> Result {
        precondition(batchSize > 0, "a batch has at least one row")
        let cursor = try await openCursor(statement)
        do {
            let result = try await body(RowSequence(cursor: cursor, batchSize: batchSize))
            await cursor.close()
            return result
        } catch {
            await cursor.close()
            throw error
        }
    }
}
