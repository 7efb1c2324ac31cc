#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Says on the standard error how far a load is, once a second.
struct Progress: Sendable {
    let name: String
    let duration: Duration

    /// Goes on until it is cancelled.
    func show(_ count: @Sendable () -> UInt64) async {
        var seconds = 0
        while true {
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
            seconds += 1
            printToStandardError("\(name): \(seconds) s of \(duration / .seconds(1)) s, \(count()) calls")
        }
    }
}

/// Prints a line for whoever watches; the standard output has the result only.
public func printToStandardError(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    // One call for the line, so that those of several processes do not mix. What cannot be shown is no reason to stop.
    _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
}
