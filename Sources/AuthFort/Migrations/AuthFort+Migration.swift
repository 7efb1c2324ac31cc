public import DialectCore
import DialectEngine
public import DialectMigrations

extension AuthFort {
    /// Brings AuthFort's tables to the newest revision.
    ///
    /// Does nothing when they are there. Any number of processes may call this at once: one migrates, the others wait
    /// and find nothing to do.
    ///
    /// - Parameters:
    ///   - options: How long to wait for another migrator.
    ///   - observer: Told about each step as it runs.
    /// - Returns: What was applied.
    /// - Throws: `DatabaseError`, with code `invalidMigration` when the database has a revision that this version of
    ///   AuthFort does not know; nothing is changed then.
    @discardableResult
    public func migrate(
        options: MigratorOptions = MigratorOptions(),
        observer: (MigrationEvent) -> Void = { _ in }
    ) async throws -> MigrationReport {
        try await context.engine.withConnection { connection in
            try await migrator(on: connection, options: options).upgrade(observer: observer)
        }
    }

    /// The revision of AuthFort's tables; none before the first migration.
    ///
    /// - Throws: `DatabaseError`.
    public func currentRevisions() async throws -> [Revision] {
        try await context.engine.withConnection { connection in
            try await migrator(on: connection).current()
        }
    }

    private func migrator(
        on connection: any Connection,
        options: MigratorOptions = MigratorOptions()
    ) throws(DatabaseError) -> Migrator {
        Migrator(
            try AuthFortChain.chain(),
            dialect: context.engine.dialect,
            connection: connection,
            options: options,
            logger: context.logger
        )
    }
}
