#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor

/// What a connection keeps of an insertion that is under way.
struct PostgreSQLOpenCopy {
    let number: UInt64
    let place: PostgreSQLCopyPlace
    /// Whether the insertion is a transaction by itself.
    let isAlone: Bool
    /// The rows that were not sent; nil before the first ones come, which say in which format they are sent.
    var rows: (any PostgreSQLCopyRows)?
}

/// An insertion by COPY: see `BulkWriter`.
struct PostgreSQLBulkWriter: BulkWriter {
    let connection: PostgreSQLConnection
    let number: UInt64

    func write(_ rows: [[SQLValue]]) async throws(DatabaseError) { try await connection.write(rows, to: number) }

    func finish() async throws(DatabaseError) -> Int { try await connection.finishCopy(number) }

    func cancel() async { await connection.cancelCopy(number) }
}

// https://www.postgresql.org/docs/current/libpq-copy.html
extension PostgreSQLConnection: BulkInserting {
    /// How many bytes are handed to libpq before the socket must have taken them.
    private static let chunkBytes = 1 << 16

    func openBulkInsert(
        into table: Identifier,
        columns: [String]
    ) async throws(DatabaseError) -> any BulkWriter {
        try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            guard !columns.isEmpty else {
                throw DatabaseError(.syntaxError, "An insertion needs at least one column.")
            }
            let dialect = PostgreSQLDialect()
            let name = dialect.quote(table)
            let list = columns.map { dialect.quote($0) }.joined(separator: ", ")
            let (_, description) = try await self.prepareOnce("SELECT \(list) FROM \(name) LIMIT 0")
            let isAlone = try self.living().transactionStatus == PQTRANS_IDLE
            self.lastNumber += 1
            self.copy = PostgreSQLOpenCopy(
                number: self.lastNumber,
                place: PostgreSQLCopyPlace(
                    target: "\(name) (\(list))",
                    columns: columns,
                    types: description.reader?.types ?? []
                ),
                isAlone: isAlone
            )
            return PostgreSQLBulkWriter(connection: self, number: self.lastNumber)
        }
    }

    /// Starts COPY in the format that suits the first rows.
    private func startCopy(of rows: [[SQLValue]]) async throws(DatabaseError) {
        guard let place = copy?.place, copy?.rows == nil else { return }
        let format: any PostgreSQLCopyRows.Type =
            PostgreSQLCopyBinary.suits(rows, of: place.types) ? PostgreSQLCopyBinary.self : PostgreSQLCopyText.self
        try await startCopy("COPY \(place.target) FROM STDIN\(format.clause)")
        copy?.rows = format.init(place)
    }

    private func startCopy(_ sql: String) async throws(DatabaseError) {
        let link = try living()
        guard PQsendQuery(link.handle, sql) == 1 else { throw failedToSend(link) }
        var failure: DatabaseError?
        while let result = try await nextResult() {
            if result.status == PGRES_COPY_IN { return }
            try note(result, of: sql, as: &failure)
        }
        throw failure ?? DatabaseError(.other, "The server did not start the insertion.", statement: sql)
    }

    func write(_ rows: [[SQLValue]], to number: UInt64) async throws(DatabaseError) {
        do throws(DatabaseError) {
            try await perform(.cancellable) { () async throws(DatabaseError) in
                try self.requireCopy(number)
                do throws(DatabaseError) {
                    try await self.write(rows)
                } catch {
                    // Before the call returns: a request to end the statement must hit this one.
                    try await self.abandonCopy()
                    throw error
                }
            }
        } catch {
            await cancelCopy(number)
            throw error
        }
    }

    private func write(_ rows: [[SQLValue]]) async throws(DatabaseError) {
        try await startCopy(of: rows)
        for row in rows {
            try copy?.rows?.append(row)
            if let count = copy?.rows?.bytes.count, count >= Self.chunkBytes { try await sendRows() }
        }
        try await sendRows()
    }

    private func sendRows() async throws(DatabaseError) {
        guard let bytes = copy?.rows?.bytes, !bytes.isEmpty else { return }
        let link = try living()
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Self.chunkBytes)
            let outcome = bytes[start..<end].withUnsafeBytes { chunk in
                PQputCopyData(link.handle, chunk.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(chunk.count))
            }
            guard outcome >= 0 else { throw failedToSend(link) }
            if outcome == 1 { start = end }
            try await flush(link)
            // A server that refused the rows takes the others without a word; there is no use in sending them.
        }
        copy?.rows?.removeAll()
    }

    /// Waits until the socket has taken everything.
    private func flush(_ link: PostgreSQLLink) async throws(DatabaseError) {
        while true {
            let unsent = PQflush(link.handle)
            guard unsent >= 0 else { throw failedToSend(link) }
            guard unsent > 0 else {
                if control.signals.isCancelled || control.signals.isClosing {
                    throw DatabaseError(.cancelled, "The task was cancelled, and the insertion with it.")
                }
                return
            }
            try await waitForSocket(link, for: [.readable, .writable])
            if let reason = call.interruption?.reason { throw call.error(for: reason) }
        }
    }

    func finishCopy(_ number: UInt64) async throws(DatabaseError) -> Int {
        try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.requireCopy(number)
            guard self.copy?.rows != nil else {
                self.copy = nil
                return 0
            }
            self.copy?.rows?.appendEnd()
            try await self.sendRows()
            if self.copy?.isAlone == true { self.call.mayHaveCommitted = true }
            return try await self.endCopy(because: nil)
        }
    }

    func cancelCopy(_ number: UInt64) async {
        // A session that broke needs no ending.
        try? await perform(.shielded) { () async throws(DatabaseError) in
            guard self.copy?.number == number else { return }
            try await self.abandonCopy()
        }
    }

    /// Ends the insertion without its rows.
    func abandonCopy() async throws(DatabaseError) {
        do throws(DatabaseError) {
            _ = try await endCopy(because: "The insertion was given up.")
        } catch {
            // That the server reports the failure it was asked for is in order.
            guard link?.isOpen == true else { throw error }
        }
    }

    private func endCopy(because reason: String?) async throws(DatabaseError) -> Int {
        let isStarted = copy?.rows != nil
        copy = nil
        guard isStarted else { return 0 }
        let link = try living()
        while true {
            let outcome = PQputCopyEnd(link.handle, reason)
            guard outcome >= 0 else { throw failedToSend(link) }
            if outcome == 1 { break }
            try await waitForSocket(link, for: [.readable, .writable])
        }
        var count = 0
        var failure: DatabaseError?
        while let result = try await nextResult() {
            if result.isError {
                try note(result, of: "COPY", as: &failure)
            } else {
                count = PQcmdTuples(result.pointer).flatMap { Int(String(cString: $0)) } ?? 0
            }
        }
        call.mayHaveCommitted = false
        if let failure { throw failure }
        return count
    }

    private func requireCopy(_ number: UInt64) throws(DatabaseError) {
        guard copy?.number != number else { return }
        throw DatabaseError(.invalidTransactionState, "The insertion is over; start another one.")
    }

    /// Ends what is open, so that the connection can be used for something else.
    func endOpenWork() async throws(DatabaseError) {
        if copy != nil { try await abandonCopy() }
        try await closeCursor()
    }
}
#endif
