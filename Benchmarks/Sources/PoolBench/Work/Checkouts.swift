import DialectCore
import DialectEngine
import Measuring

/// Takes connections without a statement.
enum Checkouts {
    /// Checks a connection out and in.
    static func operation(_ engine: Engine) -> ClosedLoop.Operation {
        { _ in
            try await engine.withConnection { _ in }
            return 1
        }
    }

    /// Checks a connection out and in, and lets other tasks run in between.
    ///
    /// A task that never waits never lets go of its thread: without this, as many tasks as there are threads would do
    /// everything, and no connection would ever be waited for.
    static func crowded(_ engine: Engine) -> ClosedLoop.Operation {
        { _ in
            try await engine.withConnection { _ in await Task.yield() }
            return 1
        }
    }

    /// Keeps each connection as long as the mock's URL says.
    static func holding(_ engine: Engine) -> ClosedLoop.Operation {
        { _ in
            try await engine.withConnection { _ = try await $0.execute("HOLD") }
            return 1
        }
    }
}
