import DialectCore
import DialectEngine
import Measuring

/// Inserts an entry and updates its account, in one transaction.
///
/// Whoever runs the benchmarks compares the sums of both tables afterwards.
enum Transactions {
    static func operation(_ engine: Engine) -> ClosedLoop.Operation {
        { keys in
            let account = keys.next()
            try await engine.withTransaction { connection in
                let inserted = try await connection.execute(
                    "INSERT INTO entries (account, amount) VALUES (\(account), \(1))"
                )
                let updated = try await connection.execute(
                    "UPDATE accounts SET balance = balance + \(1) WHERE id = \(account)"
                )
                guard inserted.affectedRows == 1, updated.affectedRows == 1 else {
                    throw Failure.wrong(
                        "a transaction inserted \(inserted.affectedRows), updated \(updated.affectedRows)"
                    )
                }
            }
            return 1
        }
    }
}
