#if MySQL
import DialectCore
import DialectEngine
import Foundation
import Locking
import Testing
import TestSupport

@Suite(.serialized) struct ZZRestartMeasureMy {
    @Test(arguments: [ServerStop.immediate, .fast]) func measure(mode: ServerStop) async throws {
        try await MariaDBServer.with { server in
            let url = server.url(database: "mysql")
            try await Engine.withEngine(url: url) { engine in
                for _ in 0..<10 {
                    let success = Locked<ContinuousClock.Instant?>(nil)
                    let failures = Locked(0)
                    let workers = (0..<8).map { _ in
                        Task {
                            while !Task.isCancelled {
                                do {
                                    try await engine.execute("SELECT 1")
                                    let now = ContinuousClock.now
                                    if failures.withLock({ $0 }) > 0 { success.withLock { if $0 == nil { $0 = now } } }
                                } catch {
                                    failures.withLock { $0 += 1 }
                                    success.withLock { $0 = nil }
                                }
                            }
                        }
                    }
                    try await Task.sleep(for: .milliseconds(200))
                    try await server.stop(mode: mode)
                    let plain = Task {
                        while true {
                            do {
                                try await withConnection(to: url) { _ in }
                                return ContinuousClock.now
                            } catch { try await Task.sleep(for: .milliseconds(2)) }
                        }
                    }
                    try await server.start()
                    let ready = try await plain.value
                    while success.withLock({ $0 }) == nil { try await Task.sleep(for: .milliseconds(5)) }
                    let first = success.withLock { $0 }!
                    for worker in workers { worker.cancel() }
                    for worker in workers { await worker.value }
                    print("FIGURE MariaDB \(mode) \(ready.duration(to: first) / .milliseconds(1)) ms, failures \(failures.withLock { $0 })")
                }
            }
        }
    }
}
#endif
