internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Opening sessions.
    static let connecting: [CaseDefinition] = [
        CaseDefinition("connecting.aNewSessionIsReady") { trial in
            let connection = try await trial.connect()
            await trial.expectUsable(connection, after: "connecting")
            try await connection.ping()
        },
        CaseDefinition("connecting.eachSessionIsAnother") { trial in
            let (first, second) = (try await trial.connect(), try await trial.connect())
            trial.expect(first !== second, "Two connects gave one connection.")
            await first.close()
            await trial.expectUsable(second, after: "the close of another session")
        },
        CaseDefinition("connecting.anUnreachableHostIsRefused", where: \.isServer) { trial in
            // Port 1 belongs to a service that nobody has run for decades.
            let url = try trial.url.replacing(host: DatabaseURL.Host("127.0.0.1", port: 1))
            let connector = try trial.dialect.connector(for: url, logger: Trial.logger)
            await expectRefusal(
                RefusedConnection("nobody listens", url: url, code: .connectionFailed),
                connector,
                trial
            )
        },
        CaseDefinition("connecting.refusalsHaveTheirCodes", where: { $0.refusedConnections != nil }) { trial in
            let refusals = try trial.target.refusedConnections?(trial.url) ?? []
            trial.expect(!refusals.isEmpty, "The target supplies a list of refused connections, and it is empty.")
            for refused in refusals {
                let connector = try trial.dialect.connector(for: refused.url, logger: Trial.logger)
                await expectRefusal(refused, connector, trial)
            }
        },
        CaseDefinition("connecting.aCancelledTaskGetsNoSession") { trial in
            let result = await trial.cancelledBefore { () async throws(DatabaseError) in try await trial.connect() }
            trial.expectEqual(result.code, .cancelled, "The code of a connect in a cancelled task")
            await trial.expectUsable(try await trial.connect(), after: "a cancelled connect")
        },
        CaseDefinition("connecting.cancellingAtAnyMomentGivesASessionOrAnError") { trial in
            for round in 0..<20 {
                let task = Task { await outcome { () async throws(DatabaseError) in try await trial.connect() } }
                for _ in 0..<round * 5 { await Task.yield() }
                task.cancel()
                switch await task.value {
                case .success(let connection):
                    await trial.expectUsable(connection, after: "a connect that was cancelled too late")
                    await connection.close()
                case .failure(let error): trial.expectEqual(error.code, .cancelled, "The code of a cancelled connect")
                }
            }
            await trial.expectUsable(try await trial.connect(), after: "cancelled connects")
        },
    ]

    private static func expectRefusal(
        _ refused: RefusedConnection,
        _ connector: any Connector,
        _ trial: Trial
    ) async {
        let error = await trial.expectError(refused.code, from: "Connecting where \(refused.reason)") {
            let connection = try await connector.connect()
            await connection.close()
        }
        guard let error, let password = refused.url.password?.reveal(), !password.isEmpty else { return }
        trial.expect(
            !error.description.contains(password) && !error.debugDescription.contains(password),
            "The error of a refused connect shows the password."
        )
    }
}
