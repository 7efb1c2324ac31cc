import ArgumentParser
import DialectCore
import DialectEngine
import DialectMySQL
import DialectPostgreSQL
import FoundationEssentials
import Glibc

/// Keeps an engine busy and shows when its statements begin to fail and when they succeed again.
struct OutageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outage",
        abstract: "Prints 'down' or 'up' and the Unix time whenever statements begin to fail or to succeed again.",
        discussion: "Benchmarks/outage.py restarts servers meanwhile, and compares with the moment when one was ready."
    )

    @Argument(help: "The database's URL.")
    var url: String

    @Option(help: "How many tasks run statements.")
    var tasks = 16

    func run() async throws {
        let tasks = self.tasks
        try await Engine.withEngine(url: url) { engine in
            let watch = OutageWatch()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<tasks {
                    group.addTask {
                        // Until the process is told to end.
                        while !Task.isCancelled {
                            do throws(DatabaseError) {
                                try await engine.execute("SELECT 1")
                                await watch.note(succeeded: true)
                            } catch {
                                await watch.note(succeeded: false)
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Prints each change between statements that succeed and statements that fail.
private actor OutageWatch {
    private var succeeded = true

    func note(succeeded: Bool) {
        guard succeeded != self.succeeded else { return }
        self.succeeded = succeeded
        print(succeeded ? "up" : "down", Date().timeIntervalSince1970)
        // Through a pipe it would wait for more lines.
        fflush(nil)
    }
}
