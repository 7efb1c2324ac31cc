import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The process of a server, which does not outlive the process of the tests, however that ends.
///
/// A watcher process reads from a pipe that the tests hold open and never write to while the server runs. When the tests
/// end, by a signal too, the pipe closes: the watcher then ends the server and removes its folder. The parent's death
/// signal that Linux has would do less: it comes when the thread that started the process ends.
final class ServerProcess {
    private let process = Process()
    private let watched = Pipe()
    private let ending: Task<Void, Never>
    private let log: String

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - command: The program's path and its arguments.
    ///   - folder: Its working directory, which goes with it when the tests end before it.
    ///   - signal: What ends it then, such as `KILL`.
    ///   - log: The file to which its output is appended.
    /// - Throws: `ServerFailure` when the log cannot be written, or Foundation's error when nothing was started.
    init(_ command: [String], folder: String, endedBy signal: String, log: String) throws {
        guard FileManager.default.fileExists(atPath: log) || FileManager.default.createFile(atPath: log, contents: nil),
            let output = FileHandle(forWritingAtPath: log)
        else {
            throw ServerFailure(description: "cannot write \(log)")
        }
        try output.seekToEnd()
        let (endings, continuation) = AsyncStream.makeStream(of: Void.self)
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", Self.script, "bash", folder, signal] + command
        process.standardInput = watched
        process.standardOutput = output
        process.standardError = output
        process.terminationHandler = { _ in continuation.finish() }
        self.log = log
        ending = Task { for await _ in endings {} }
        try process.run()
    }

    /// The shell becomes the server, so the server is the direct child of the tests.
    ///
    /// The watcher is nobody's child that a server could wonder about, and lets go of what it inherited: Foundation sees
    /// the end of a process by a socket that the process keeps open.
    private static let script = """
        exec 3<&0 </dev/null
        server=$$ folder=$1 signal=$2
        shift 2
        (
            (
                for path in /dev/fd/*; do
                    descriptor=${path##*/}
                    if [ "$descriptor" -gt 3 ]; then eval "exec $descriptor>&-"; fi
                done
                read -r ended <&3 && exit
                kill -s "$signal" "$server"
                rounds=0
                while kill -0 "$server" && [ "$rounds" -lt 100 ]; do
                    sleep 0.1
                    rounds=$((rounds + 1))
                done
                kill -s KILL "$server"
                rm -rf "$folder"
            ) 2>/dev/null &
        )
        cd "$folder"
        exec "$@" 3<&-
        """

    /// Whether it has not ended.
    var isRunning: Bool { process.isRunning }

    /// Sends it a signal and waits until it has ended.
    func end(by signal: Int32) async throws {
        if isRunning { kill(process.processIdentifier, signal) }
        await ending.value
        // Any line sends the watcher home.
        try watched.fileHandleForWriting.write(contentsOf: Data("ended\n".utf8))
        try watched.fileHandleForWriting.close()
    }

    /// Waits until a probe succeeds, for a minute at most.
    func waitUntilReady(_ probe: () async -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            guard isRunning else {
                try await end(by: SIGKILL)
                throw ServerFailure(description: "the server ended while it started. Its log: \(lastOutput)")
            }
            if await probe() { return }
            // A server has no way to tell this process that it is ready.
            try await Task.sleep(for: .milliseconds(25))
        }
        let output = lastOutput
        try await end(by: SIGKILL)
        throw ServerFailure(description: "the server took no connection within a minute. Its log: \(output)")
    }

    /// The end of what it wrote.
    private var lastOutput: String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return "\n" + text.suffix(4000)
    }
}
