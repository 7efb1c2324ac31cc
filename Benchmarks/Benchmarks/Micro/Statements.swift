import Benchmark
import DialectCore
import MockDatabase

/// A statement with three values, and its text.
func registerStatements() {
    Benchmark("statement, built and written") { benchmark in
        for number in benchmark.scaledIterations {
            let statement: Statement = """
                SELECT id, email FROM users WHERE id = \(number) AND banned = \(false) AND email LIKE \("a%") LIMIT 1
                """
            blackHole(try statement.sql(for: MockDialect()))
        }
    }
}
