internal import DialectCore
internal import Locking
internal import Logging
internal import Testing

/// One run of one case: its database, its sessions, its tables and what it found.
final class Trial: Sendable {
    private struct State {
        var failures: [ConformanceFailure] = []
        var connections: [any Connection] = []
        var tables: [Identifier] = []
        var names = 0
    }

    let target: ConformanceTarget
    let url: DatabaseURL
    let connector: any Connector
    private let prefix = "conf\(UInt32.random(in: .min ... .max))"
    private let state = Locked(State())

    private init(target: ConformanceTarget, url: DatabaseURL) throws(DatabaseError) {
        self.target = target
        self.url = url
        connector = try target.dialect.connector(for: url, logger: Self.logger)
    }

    /// What a dialect has to say goes nowhere: failures tell what happened.
    static let logger = Logger(label: "dialect.conformance", factory: { _ in SwiftLogNoOpLogHandler() })

    var dialect: any Dialect { target.dialect }

    func declares(_ feature: DialectFeature) -> Bool { dialect.features.contains(feature) }

    /// Runs a case on a database of the target.
    static func failures(of definition: CaseDefinition, on target: ConformanceTarget) async -> [ConformanceFailure] {
        do {
            let database = try await target.makeDatabase()
            let found = await failures(of: definition, on: target, database)
            await database.remove?()
            return found
        } catch {
            return [ConformanceFailure(message: "There is no database: \(error)", sourceLocation: #_sourceLocation)]
        }
    }

    private static func failures(
        of definition: CaseDefinition,
        on target: ConformanceTarget,
        _ database: ConformanceDatabase
    ) async -> [ConformanceFailure] {
        let trial: Trial
        do {
            trial = try Trial(target: target, url: database.url)
        } catch {
            return [ConformanceFailure(message: "There is no connector: \(error)", sourceLocation: #_sourceLocation)]
        }
        await trial.run(definition)
        await trial.closeConnections()
        if database.remove == nil { await trial.dropTables() }
        return trial.failures
    }

    private func run(_ definition: CaseDefinition) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await definition.body(self)
                } catch {
                    self.fail("The case ended with an error: \(String(reflecting: error))", #_sourceLocation)
                }
            }
            group.addTask {
                // A dialect under test may hang, and nothing else could tell.
                try? await Task.sleep(for: self.target.patience)
                guard !Task.isCancelled else { return }
                self.fail(
                    "The case is not over after \(self.target.patience); its sessions are closed.",
                    #_sourceLocation
                )
                await self.closeConnections()
            }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: What was found

    var failures: [ConformanceFailure] { state.withLock { $0.failures } }

    func fail(_ message: String, _ sourceLocation: SourceLocation) {
        state.withLock { $0.failures.append(ConformanceFailure(message: message, sourceLocation: sourceLocation)) }
    }

    // MARK: Sessions

    /// Opens a session that is closed when the case is over.
    func connect() async throws(DatabaseError) -> any Connection {
        let connection = try await connector.connect()
        state.withLock { $0.connections.append(connection) }
        return connection
    }

    private func closeConnections() async {
        for connection in state.withLock({ $0.connections }) { await connection.close() }
    }

    // MARK: Names and tables

    /// A name that nothing else in the database has.
    func name(_ kind: String) -> String {
        state.withLock {
            $0.names += 1
            return "\(prefix)_\(kind)\($0.names)"
        }
    }

    /// Sees to it that a table is dropped when the case is over.
    func dropLater(_ table: Identifier) { state.withLock { $0.tables.append(table) } }

    private func dropTables() async {
        let tables = state.withLock { $0.tables }
        guard !tables.isEmpty, let connection = try? await connector.connect() else { return }
        for table in tables.reversed() {
            // Some are gone already, and some were never made.
            try? await perform(.dropTable(table), on: connection)
        }
        await connection.close()
    }
}
