#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor

/// One shared session in pipeline mode: what it was sent, and what it has prepared.
///
/// It belongs to the actor `PostgreSQLPipelines`, which decides; a lane sends and keeps the books.
final class PostgreSQLLane {
    /// Something that was sent.
    enum Item {
        case read(PipelinedRead, PostgreSQLStatement)
        case parse(Preparation)
        case describe(Preparation)
        /// A command of the lane's own, whose outcome nobody waits for.
        case housekeeping
    }

    /// A statement that is being prepared, and who waits for that.
    final class Preparation {
        let key: String
        let name: String
        let sql: String
        let command: PostgreSQLCommand
        let declared: [PostgreSQLType]
        var reads: [PipelinedRead] = []
        /// What the server told of it.
        var statement: PostgreSQLStatement?
        var failure: DatabaseError?

        init(_ sql: String, _ command: PostgreSQLCommand, named name: String, declaring declared: [PostgreSQLType]) {
            key = PostgreSQLStatement.key(sql, declaring: declared)
            self.name = name
            self.sql = sql
            self.command = command
            self.declared = declared
        }
    }

    /// A request to end the statement that runs.
    struct Cancel {
        let read: PipelinedRead
        /// When the session is given up because the server does not answer.
        let giveUpAt: ContinuousClock.Instant
        /// Whether the request may still hit a statement.
        var isUnderWay = true
    }

    let link: PostgreSQLLink
    /// When a new session takes its place.
    let retiresAt: ContinuousClock.Instant
    var ledger = PipelineLedger<Item>()
    var statements: PostgreSQLStatementCache
    var preparations: [String: Preparation] = [:]
    /// Whether it takes nothing new, and ends with its last answer.
    var isRetiring = false
    /// How many requests to cancel were made.
    var cancels = 0
    /// The last request.
    var cancel: Cancel?
    /// The statement that nobody waits for any more, and when it is to be ended.
    var ending: (read: PipelinedRead, at: ContinuousClock.Instant)?
    /// Follows the answers until the session ends.
    var follower: Task<Void, Never>?

    init(_ link: PostgreSQLLink, statementCacheSize: Int, retiresAt: ContinuousClock.Instant) {
        self.link = link
        self.retiresAt = retiresAt
        statements = PostgreSQLStatementCache(capacity: statementCacheSize)
    }

    /// The read that the server works on, as far as the answers tell.
    var running: PipelinedRead? {
        guard case .read(let read, _) = ledger.running else { return nil }
        return read
    }

    /// Sends a prepared statement; false when libpq does not take it.
    ///
    /// - Throws: `DatabaseError` when a value does not suit its parameter; nothing was sent then.
    func send(_ read: PipelinedRead, _ statement: PostgreSQLStatement, alone: Bool) throws(DatabaseError) -> Bool {
        let parameters = try PostgreSQLParameters(read.values, as: statement.types)
        read.outcome = nil
        // One that was sent before the end of a request may be hit by it.
        read.cancelsBefore = cancel?.isUnderWay == true ? cancels - 1 : cancels
        return send(.read(read, statement), alone: alone) { parameters.send(statement, on: self.link) }
    }

    /// Sends a statement to be prepared and described, with Syncs of its own: if it has an error, it spoils nobody.
    func send(_ preparation: Preparation) -> Bool {
        preparations[preparation.key] = preparation
        let name = preparation.name
        let types = preparation.declared.map(\.rawValue)
        // Between two Syncs: a Sync before, then both messages, then the one at the end.
        guard sync() else { return false }
        return send(.parse(preparation), alone: false) {
            PQsendPrepare(self.link.handle, name, preparation.sql, Int32(types.count), types) == 1
        }
            && send(.describe(preparation), alone: false) {
                PQsendDescribePrepared(self.link.handle, name) == 1
            } && sync()
    }

    /// Tells the server to forget statements that left the cache, several at a time.
    func dropForgottenStatements() -> Bool {
        for name in statements.takeDropped(atLeast: 16) {
            let isSent = send(.housekeeping, alone: true) {
                PQsendQueryParams(self.link.handle, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 0) == 1
            }
            guard isSent else { return false }
        }
        return true
    }

    /// Ends what was sent since the last Sync.
    func sync() -> Bool {
        guard ledger.addSync() else { return true }
        return PQpipelineSync(link.handle) == 1
    }

    private func send(_ item: Item, alone: Bool, _ send: () -> Bool) -> Bool {
        for step in ledger.add(item, alone: alone) {
            let isSent =
                switch step {
                case .item: send()
                case .sync: PQpipelineSync(link.handle) == 1
                }
            guard isSent else { return false }
        }
        return true
    }
}

extension PostgreSQLParameters {
    /// Hands a prepared statement with its values to libpq.
    func send(_ statement: PostgreSQLStatement, on link: PostgreSQLLink) -> Bool {
        withPointers { count, values, lengths, formats in
            PQsendQueryPrepared(
                link.handle,
                statement.cName,
                count,
                values,
                lengths,
                formats,
                statement.reader?.format ?? 0
            )
        } == 1
    }
}
#endif
