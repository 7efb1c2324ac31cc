import CPeers
import DialectCore
import DialectEngine

extension Benchmark {
    private static let plainC = "select in plain C, one thread"
    private static let selectsPerCheckout = 100

    /// Everything that is measured, the peer first.
    static func all(file: PeopleFile, engine: Engine) -> [Benchmark] {
        [
            cSelects(file),
            checkouts(engine, tasks: 1),
            checkouts(engine, tasks: 64),
            selects(engine, tasks: 1),
            selects(engine, tasks: 64),
            selectsInOneCheckout(engine),
        ]
    }

    /// The limit: what sqlite3 itself needs for the row.
    private static func cSelects(_ file: PeopleFile) -> Benchmark {
        Benchmark(name: plainC) { duration in
            // It blocks a thread of the concurrent executor, which has nothing else to do meanwhile.
            var tally = cpeers_tally()
            let code = cpeers_sqlite_select(file.path, Int64(PeopleFile.wanted), duration / .seconds(1), &tally)
            guard code == 0 else { throw Failure.peer(code: code) }
            return Tally(operations: Int(tally.operations), elapsed: .seconds(tally.seconds))
        }
    }

    private static func checkouts(_ engine: Engine, tasks: Int) -> Benchmark {
        Benchmark(name: "checkout and check-in, \(label(tasks))") { duration in
            try await .counting(tasks: tasks, for: duration, batch: 16) {
                try await engine.withConnection { _ in }
            }
        }
    }

    private static func selects(_ engine: Engine, tasks: Int) -> Benchmark {
        Benchmark(name: "select by engine.execute, \(label(tasks))", peer: plainC) { duration in
            try await .counting(tasks: tasks, for: duration, batch: 16) {
                try check(await engine.execute(wantedPerson))
            }
        }
    }

    private static func selectsInOneCheckout(_ engine: Engine) -> Benchmark {
        let name = "select, \(selectsPerCheckout) in one withConnection, \(label(1))"
        return Benchmark(name: name, peer: plainC) { duration in
            var tally = try await Tally.counting(tasks: 1, for: duration, batch: 1) {
                try await engine.withConnection { connection in
                    for _ in 0..<selectsPerCheckout { try check(await connection.execute(wantedPerson)) }
                }
            }
            tally.operations *= selectsPerCheckout
            return tally
        }
    }

    /// Made anew for each select, because that is what an application does.
    private static var wantedPerson: Statement {
        "SELECT id, name, score, visits FROM people WHERE id = \(PeopleFile.wanted)"
    }

    /// Decodes the whole row, and fails when it is not the one.
    private static func check(_ result: StatementResult) throws {
        guard let row = result.rows.first else { throw Failure.wrongRow }
        let (id, name, score, visits) = try row.decode(Int.self, String.self, Double.self, Int.self)
        guard id == PeopleFile.wanted, !name.isEmpty, score > 0, visits > 0 else { throw Failure.wrongRow }
    }

    private static func label(_ tasks: Int) -> String { tasks == 1 ? "1 task" : "\(tasks) tasks" }
}

/// Why a figure would mean nothing.
enum Failure: Error, CustomStringConvertible {
    /// The plain C program ended with this result code.
    case peer(code: Int32)
    /// A select did not find the row that it looked for.
    case wrongRow
    /// There is no benchmark of this name.
    case unknown(String)
    /// There is no server for the benchmark; the variable would have its URL.
    case noServer(String)

    var description: String {
        switch self {
        case .peer(let code): "The plain C program ended with the result code \(code)."
        case .wrongRow: "A select did not return the row that it looked for."
        case .unknown(let name): "There is no benchmark \(name)."
        case .noServer(let variable): "\(variable) is not set; Benchmarks/servers.sh starts servers and sets it."
        }
    }
}
