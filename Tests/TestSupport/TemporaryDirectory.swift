import Foundation

/// A directory of a test's own, which goes when the test ends.
package struct TemporaryDirectory: Sendable {
    /// The directory's absolute path.
    package let path: String

    /// The path of something in the directory.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes a directory, gives it to `body`, and removes it whatever happens.
    package static func with<Result>(_ body: (TemporaryDirectory) async throws -> Result) async throws -> Result {
        let path = NSTemporaryDirectory() + "authfort-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(TemporaryDirectory(path: URL(fileURLWithPath: path).standardizedFileURL.path))
    }
}
