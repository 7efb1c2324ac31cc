public import DialectCore

// What only some dialects' connections can do. A pooled connection passes it on, and fails with code
// `unsupportedFeature` where the session behind it lacks the capability; the dialect's features tell in advance.

extension PooledConnection: RowStreaming {
    /// Starts a statement and leaves its rows to be fetched; `withRows(of:)` is the scoped form.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` when the dialect does not declare `rowStreaming`.
    public func openCursor(_ statement: Statement) async throws(DatabaseError) -> any RowCursor {
        try await call(statement) { connection throws(DatabaseError) in
            guard let streaming = connection as? any RowStreaming else { throw .lacks(.rowStreaming) }
            return LeasedCursor(try await streaming.openCursor(statement), of: self)
        }
    }
}

extension PooledConnection: BulkInserting {
    /// Starts to insert many rows; `insert(into:columns:rows:)` is the scoped form.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` when the dialect does not declare `bulkInsert`.
    public func openBulkInsert(into table: Identifier, columns: [String]) async throws(DatabaseError) -> any BulkWriter
    {
        try await call { connection throws(DatabaseError) in
            guard let inserting = connection as? any BulkInserting else { throw .lacks(.bulkInsert) }
            return LeasedBulkWriter(try await inserting.openBulkInsert(into: table, columns: columns), of: self)
        }
    }
}

extension PooledConnection: NotificationListening {
    /// Starts to listen on a channel.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` when the dialect does not declare `notifications`.
    public func listen(on channel: String) async throws(DatabaseError) {
        try await listening { listener throws(DatabaseError) in try await listener.listen(on: channel) }
    }

    /// Stops to listen on a channel.
    ///
    /// - Throws: `DatabaseError`, as `listen(on:)` does.
    public func stopListening(on channel: String) async throws(DatabaseError) {
        try await listening { listener throws(DatabaseError) in try await listener.stopListening(on: channel) }
    }

    /// The next notification; waits for one.
    ///
    /// - Throws: `DatabaseError`, as `listen(on:)` does, and with code `cancelled` or `connectionLost`.
    public func nextNotification() async throws(DatabaseError) -> DatabaseNotification {
        try await listening { listener throws(DatabaseError) in try await listener.nextNotification() }
    }

    /// Says something on a channel.
    ///
    /// - Throws: `DatabaseError`, as `listen(on:)` does, and with code `valueOutOfRange` for a payload that is too long.
    public func notify(_ channel: String, payload: String) async throws(DatabaseError) {
        try await listening { listener throws(DatabaseError) in try await listener.notify(channel, payload: payload) }
    }

    private func listening<Result>(
        _ body: (any NotificationListening) async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        try await call { connection throws(DatabaseError) in
            guard let listener = connection as? any NotificationListening else { throw .lacks(.notifications) }
            return try await body(listener)
        }
    }
}

extension PooledConnection: AdvisoryLocking {
    /// Takes a lock if no other session has it, without waiting.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` when the dialect does not declare the lifetime.
    public func tryLock(_ name: String, for lifetime: LockLifetime) async throws(DatabaseError) -> Bool {
        try await locking { lock throws(DatabaseError) in try await lock.tryLock(name, for: lifetime) }
    }

    /// Gives a session's lock back.
    ///
    /// - Throws: `DatabaseError`, with code `invalidTransactionState` when the session does not have the lock.
    public func unlock(_ name: String) async throws(DatabaseError) {
        try await locking { lock throws(DatabaseError) in try await lock.unlock(name) }
    }

    /// Describes the session that has a lock; nil when no session has it.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` when the dialect has no advisory locks.
    public func holder(of name: String) async throws(DatabaseError) -> String? {
        try await locking { lock throws(DatabaseError) in try await lock.holder(of: name) }
    }

    /// Has the server end the session when it hears nothing of it for some time.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` when the dialect does not declare the lifetime.
    public func limitSilence(to limit: Duration?, for lifetime: LockLifetime) async throws(DatabaseError) {
        try await locking { lock throws(DatabaseError) in try await lock.limitSilence(to: limit, for: lifetime) }
    }

    private func locking<Result>(
        _ body: (any AdvisoryLocking) async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        try await call { connection throws(DatabaseError) in
            guard let locking = connection as? any AdvisoryLocking else { throw .lacks(.sessionLocks) }
            return try await body(locking)
        }
    }
}

extension PooledConnection: SchemaReflecting {
    /// Reads the tables of a schema, nil for the session's own.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` when the dialect does not declare `schemaReflection`.
    public func reflectSchema(_ schema: String?) async throws(DatabaseError) -> SchemaModel {
        try await call { connection throws(DatabaseError) in
            guard let reflecting = connection as? any SchemaReflecting else { throw .lacks(.schemaReflection) }
            return try await reflecting.reflectSchema(schema)
        }
    }

    /// Tells why a foreign key would fail that is not there yet; nil when its columns suit those that they reference.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` when the dialect does not declare `schemaReflection`.
    public func obstacle(to key: ForeignKey, of table: Table) async throws(DatabaseError) -> ForeignKeyObstacle? {
        try await call { connection throws(DatabaseError) in
            guard let reflecting = connection as? any SchemaReflecting else { throw .lacks(.schemaReflection) }
            return try await reflecting.obstacle(to: key, of: table)
        }
    }
}

extension PooledConnection: SchemaSuiting {
    /// The dialect that spells types as those columns of a model have them that are in the database; nil when the session's
    /// does.
    ///
    /// - Throws: `DatabaseError` when the catalog cannot be read.
    public func dialect(suiting model: SchemaModel) async throws(DatabaseError) -> (any Dialect)? {
        try await call { connection throws(DatabaseError) in
            try await (connection as? any SchemaSuiting)?.dialect(suiting: model)
        }
    }
}

extension PooledConnection: TableRebuilding {
    /// Stops to enforce foreign keys, until they are resumed or the connection is checked in.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` when the dialect does not declare `tableRebuilds`.
    public func suspendForeignKeys() async throws(DatabaseError) {
        try await rebuilding { session throws(DatabaseError) in try await session.suspendForeignKeys() }
    }

    /// Enforces foreign keys again.
    ///
    /// - Throws: `DatabaseError`, as `suspendForeignKeys()` does.
    public func resumeForeignKeys() async throws(DatabaseError) {
        try await rebuilding { session throws(DatabaseError) in try await session.resumeForeignKeys() }
    }

    /// Makes sure that a table can be made anew from a model; returns what brings back the rest.
    ///
    /// - Throws: `DatabaseError`, as `suspendForeignKeys()` does, and with code `invalidMigration` for what would be lost.
    public func statementsKeeping(
        _ table: Identifier,
        in model: SchemaModel
    ) async throws(DatabaseError) -> [Statement] {
        try await rebuilding { session throws(DatabaseError) in try await session.statementsKeeping(table, in: model) }
    }

    /// Checks every foreign key, and what else names the tables that were made anew.
    ///
    /// - Throws: `DatabaseError`, as `suspendForeignKeys()` does, and with code `foreignKeyViolation` or
    ///   `undefinedObject` for what does not hold.
    public func checkRebuiltTables() async throws(DatabaseError) {
        try await rebuilding { session throws(DatabaseError) in try await session.checkRebuiltTables() }
    }

    private func rebuilding<Result>(
        _ body: (any TableRebuilding) async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        try await call { connection throws(DatabaseError) in
            guard let session = connection as? any TableRebuilding else { throw .lacks(.tableRebuilds) }
            return try await body(session)
        }
    }
}

extension DatabaseError {
    fileprivate static func lacks(_ feature: DialectFeature) -> DatabaseError {
        DatabaseError(
            .unsupportedFeature,
            "Connections of this dialect do not have the feature '\(feature)'; ask the dialect's features first."
        )
    }
}
