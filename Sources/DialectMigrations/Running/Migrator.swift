public import DialectCore
public import Logging

/// Moves a database along a chain's graph, one migrator at a time.
///
///     let migrator = Migrator(chain, dialect: dialect, connection: connection)
///     let report = try await migrator.upgrade()
///
/// A migrator that had to wait for another reads the version again and runs what is left, often nothing. What happens
/// to a migration that fails half-way depends on what the dialect declares:
///
/// - With `transactionalDDL` and `exclusiveWriteTransactions` or `transactionLocks`, everything that is pending runs in
///   one transaction, which also holds the lock: either all of it is there afterwards or none.
/// - With `sessionLocks` alone, the database commits each schema operation at once. The steps run one by one under a
///   lock of the session. The chain's journal has a row for each statement of a step before it is sent, and the row is
///   marked after the statement was done; what changes rows shares a transaction with its mark, and the record of the
///   version with the last one. A failure leaves the finished steps, and of the step it met the operations before it: the
///   error names them. After that, and after a migrator was killed, the next one goes on from there. It asks the catalog
///   about the one schema operation whose outcome is not known, and refuses to guess about a statement of the step's own
///   that may have changed the schema: the error says then how to go on by hand.
///
/// With none of these nothing is run.
///
/// What the first pending step makes may be there in part although nothing was noted, because a program without a journal
/// ended in the middle. It is compared with the step, and completed where it is equal; where it differs, the error says
/// how, and nothing is changed.
///
/// Programs that migrate without this lock may run at the same time. A migrator that meets their work begins again from
/// what the version table says then, and deletes a row there that another row includes.
public struct Migrator: Sendable {
    /// The chain.
    public internal(set) var chain: MigrationChain

    /// The other chains of the database.
    ///
    /// What the chain's steps require of them is applied first, and what their applied steps require is not undone.
    public internal(set) var otherChains: [MigrationChain]

    /// The dialect as it suits the connection's server.
    public internal(set) var dialect: any Dialect

    let connection: any Connection
    let options: MigratorOptions
    let logger: Logger
    let clock: any Clock<Duration>

    /// Makes a migrator.
    ///
    /// The connection must have no transaction open, and nobody else may use it until a call has returned. The migrator
    /// neither closes nor resets it. Where the connection refines the dialect, that one is used. The clock times the steps
    /// and the lock timeout. The log gets debug messages only.
    public init(
        _ chain: MigrationChain,
        dialect: any Dialect,
        connection: any Connection,
        otherChains: [MigrationChain] = [],
        options: MigratorOptions = MigratorOptions(),
        logger: Logger = Logger(label: "dialect.migrations"),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.chain = chain
        self.otherChains = otherChains.filter { $0.name != chain.name }
        self.dialect = (connection as? any DialectRefining)?.refinedDialect ?? dialect
        self.connection = connection
        self.options = options
        self.logger = logger
        self.clock = clock
    }

    /// The rows of the version table by their text; none for a database that was never migrated.
    ///
    /// Reads only: a missing version table is not created.
    ///
    /// - Throws: `DatabaseError` when the table cannot be read.
    public func current() async throws(DatabaseError) -> [Revision] {
        try await versionTable.rowsIfPresent(on: connection) ?? []
    }

    /// What an upgrade or downgrade would run now: the chain's own plan comes last, after those of the chains that its steps
    /// require.
    ///
    /// Reads the versions and nothing else.
    ///
    /// - Throws: `DatabaseError` as `MigrationPlan` does; with code `invalidMigration` when a required chain or revision is
    ///   not known, when chains require each other, and when an applied step of another chain requires what a downgrade
    ///   would undo; or when a version table cannot be read.
    public func plans(
        _ direction: MigrationDirection = .upgrade,
        to target: MigrationTarget = .head
    ) async throws(DatabaseError) -> [MigrationPlan] {
        let plan = try MigrationPlan(chain, current: await current(), direction, to: target)
        try await checkNobodyRequires(plan) { (other) throws(DatabaseError) in try await other.current() }
        return try await prerequisites(of: plan) { (other) throws(DatabaseError) in try await other.current() } + [plan]
    }

    /// Applies every step that the target needs and the database does not have.
    ///
    /// Cancelling the task rolls back what a transaction holds.
    ///
    /// - Throws: `DatabaseError`. A failure names the step and operation, keeps the code of its cause, has the cause as
    ///   `underlying`, and says what it left behind: where everything runs in one transaction that is nothing, unless the
    ///   code is `commitOutcomeUnknown`. Besides what `MigrationPlan` throws: `unsupportedFeature` when the dialect lacks
    ///   a feature the lock needs or cannot do an operation,
    ///   `lockTimeout` when the lock was not free in time, `cancelled`, and `invalidMigration` when the version table is
    ///   written by somebody else.
    @discardableResult
    public func upgrade(
        to target: MigrationTarget = .head,
        observer: (MigrationEvent) -> Void = { _ in }
    ) async throws(DatabaseError) -> MigrationReport {
        try await run(.upgrade, to: target, observer)
    }

    /// Undoes every applied step that follows the target.
    ///
    /// Cancelling the task rolls back what a transaction holds.
    ///
    /// - Throws: `DatabaseError` as `upgrade(to:observer:)` does.
    @discardableResult
    public func downgrade(
        to target: MigrationTarget,
        observer: (MigrationEvent) -> Void = { _ in }
    ) async throws(DatabaseError) -> MigrationReport {
        try await run(.downgrade, to: target, observer)
    }

    var versionTable: VersionTable { VersionTable(name: chain.versionTable) }

    var journal: JournalTable { JournalTable(chain) }
}
