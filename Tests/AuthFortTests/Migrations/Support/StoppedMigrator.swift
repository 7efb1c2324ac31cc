import Foundation
import TestSupport

/// A migrator that has stopped itself in the middle of its work, as a debugger or a frozen container does.
final class StoppedMigrator {
    private let process = Process()
    private let ending: Task<Void, Never>

    /// Starts one, and waits until it has stopped before a call.
    init(_ url: String, beforeCall call: Int, lease: Duration = .seconds(600)) async throws {
        let run = MigrationWorkerRun(url, fault: (.before, call, SIGSTOP))
        let (endings, continuation) = AsyncStream.makeStream(of: Void.self)
        process.executableURL = URL(fileURLWithPath: try BuiltProduct("MigrationWorker").path)
        process.arguments = run.arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["MIGRATION_LEASE": "\(lease / .seconds(1))"]) { _, lease in lease }
        process.standardOutput = FileHandle.nullDevice
        process.terminationHandler = { _ in continuation.finish() }
        ending = Task { for await _ in endings {} }
        try process.run()
        let identifier = id_t(process.processIdentifier)
        let code = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var information = siginfo_t()
                // Leaves the state for Foundation, which waits for the end.
                let result = waitid(P_PID, identifier, &information, WSTOPPED | WEXITED | WNOWAIT)
                continuation.resume(returning: result == 0 ? information.si_code : -1)
            }
        }
        guard code == CLD_STOPPED else {
            throw MigrationWorkerRun.Failure(description: "the worker did not stop, but changed its state to \(code)")
        }
    }

    /// Ends it as a crash does, and waits until it has ended.
    func kill() async {
        signal(SIGKILL)
        await ending.value
    }

    /// Lets it go on, waits until it has ended, and gives its exit code.
    func goOn() async -> Int32 {
        signal(SIGCONT)
        await ending.value
        return process.terminationStatus
    }

    private func signal(_ number: Int32) { Foundation.kill(process.processIdentifier, number) }
}
