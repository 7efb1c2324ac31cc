#if canImport(Glibc)
internal import Glibc
private let fileWrite = Glibc.write
#elseif canImport(Musl)
internal import Musl
private let fileWrite = Musl.write
#else
internal import Darwin
private let fileWrite = Darwin.write
#endif

/// Standard error as a stream of text.
struct StandardError: TextOutputStream {
    mutating func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { fileWrite(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}

/// Writes a line to standard error.
package func printError(_ line: String, terminator: String = "\n") {
    var stream = StandardError()
    print(line, terminator: terminator, to: &stream)
}
