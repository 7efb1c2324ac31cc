/// A connection that can insert many rows faster than one statement for each.
public protocol BulkInserting: Connection {
    /// Starts to insert rows into a table.
    ///
    /// Until the writer is finished or cancelled the connection runs nothing else. Outside a transaction the insertion is
    /// one by itself: all of its rows are there afterwards, or none. `columns` are unquoted names, in the order of each
    /// row's values.
    ///
    /// - Throws: `DatabaseError`, as `execute` does.
    func openBulkInsert(into table: Identifier, columns: [String]) async throws(DatabaseError) -> any BulkWriter
}

/// An insertion of many rows that is under way.
public protocol BulkWriter: Sendable {
    /// Adds rows, each with one value for each column.
    ///
    /// Waits while the database is slower than the caller.
    ///
    /// - Throws: `DatabaseError`; the insertion is then over and left no row. A value that the database cannot hold may
    ///   be reported as late as by `finish()`.
    func write(_ rows: [[SQLValue]]) async throws(DatabaseError)

    /// Ends the insertion and returns how many rows it inserted.
    ///
    /// - Throws: `DatabaseError`; no row of it is there then, unless the code is `commitOutcomeUnknown`.
    func finish() async throws(DatabaseError) -> Int

    /// Gives the insertion up: none of its rows stays.
    ///
    /// Safe to call twice and after `finish()`, and never cancelled.
    func cancel() async
}

extension BulkInserting {
    /// Inserts rows as fast as the database allows, and returns how many.
    ///
    ///     try await connection.insert(into: "readings", columns: ["id", "value"], rows: readings) { [$0.id, $0.value] }
    ///
    /// `batchSize` is the number of rows handed over at a time, 1000 unless told.
    ///
    /// - Throws: `DatabaseError`, with code `valueNotRepresentable` for a value that cannot be bound. No row stays then,
    ///   unless the code is `commitOutcomeUnknown`.
    @discardableResult
    public func insert<Element>(
        into table: Identifier,
        columns: [String],
        rows: some Sequence<Element>,
        batchSize: Int = 1000,
        values: (Element) throws(DatabaseError) -> [any SQLEncodable]
    ) async throws(DatabaseError) -> Int {
        precondition(batchSize > 0, "a batch has at least one row")
        let writer = try await openBulkInsert(into: table, columns: columns)
        do throws(DatabaseError) {
            var batch: [[SQLValue]] = []
            for row in rows {
                var encoded: [SQLValue] = []
                for value in try values(row) { encoded.append(try value.sqlValue()) }
                batch.append(encoded)
                guard batch.count == batchSize else { continue }
                try await writer.write(batch)
                batch.removeAll(keepingCapacity: true)
            }
            if !batch.isEmpty { try await writer.write(batch) }
            return try await writer.finish()
        } catch {
            await writer.cancel()
            throw error
        }
    }
}
