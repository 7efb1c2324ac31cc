import Foundation
import Subprocess

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The programs of a database server, in the folders where systems put them.
struct ServerPrograms: Sendable {
    /// Where to look first, for programs that are on nobody's `PATH`.
    var folders: [String] = []

    /// Whether tests fail where programs are missing, instead of being skipped.
    static var areRequired: Bool { ProcessInfo.processInfo.environment["REQUIRE_DATABASES"] == "1" }

    /// The path of a program, or nil where it is not installed.
    func path(of program: String) -> String? {
        let searched = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return (folders + searched + ["/usr/sbin", "/usr/local/sbin"]).map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Whether all of these are installed.
    func has(_ programs: [String]) -> Bool { programs.allSatisfy { path(of: $0) != nil } }

    /// The path of a program.
    func find(_ program: String) throws -> String {
        guard let path = path(of: program) else {
            throw ServerFailure(description: "there is no program '\(program)': 'make setup' installs it")
        }
        return path
    }

    /// Runs a program to its end, and gives what it wrote to its standard output.
    ///
    /// - Parameters:
    ///   - program: Its name.
    ///   - arguments: Its arguments.
    ///   - environment: Variables to set beside those of the tests.
    ///   - prefix: A command that starts the program, such as one that changes the user.
    ///   - folder: Its working directory.
    ///   - input: What it reads from its standard input.
    /// - Returns: Its standard output.
    /// - Throws: `ServerFailure` when it is missing or fails.
    @discardableResult
    func run(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        as prefix: [String] = [],
        in folder: String = "/",
        input: String = ""
    ) async throws -> String {
        let command = prefix + [try find(program)] + arguments
        // `env` takes a path where the name of an executable may hold none.
        let result = try await Subprocess.run(
            .name("sh"),
            arguments: Arguments(["-c", #"cd "$0" && exec "$@""#, folder] + command),
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
            ),
            input: .string(input),
            output: .string(limit: 1 << 24),
            error: .string(limit: 1 << 24)
        )
        guard result.terminationStatus.isSuccess else {
            throw ServerFailure(
                description: "\(program) ended with \(result.terminationStatus): \(result.standardError)"
            )
        }
        return result.standardOutput
    }
}

/// The user as whom a server runs: database servers refuse to run as root.
struct ServerUser: Sendable {
    /// The command that starts a program as that user; nothing when the tests have a user that is not root.
    let prefix: [String]
    private let owner: (user: uid_t, group: gid_t)?

    /// Picks the first of these users who exists, when the tests run as root.
    init(preferring names: [String]) throws {
        guard geteuid() == 0 else {
            (prefix, owner) = ([], nil)
            return
        }
        for name in names + ["nobody"] {
            guard let entry = getpwnam(name) else { continue }
            let (user, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
            prefix = ["setpriv", "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--"]
            owner = (user, group)
            return
        }
        throw ServerFailure(description: "the tests run as root, and there is no user as whom a server could run")
    }

    /// Gives the user a folder and everything in it.
    func own(_ folder: String) throws {
        guard let owner else { return }
        let inside = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        for path in [folder] + inside.map({ "\(folder)/\($0)" }) where chown(path, owner.user, owner.group) != 0 {
            throw ServerFailure(description: "cannot give \(path) to the user \(owner.user): error \(errno)")
        }
    }

    /// Makes a new folder for a server, which only its user may enter.
    ///
    /// Below `/tmp`, because another user than the tests' has to reach it, and because the path of a Unix socket has at
    /// most 103 bytes on some systems.
    static func makeFolder(_ name: String) throws -> String {
        let path = "/tmp/authfort-\(name)-\(UUID().uuidString.prefix(8).lowercased())"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        return path
    }
}
