#if SQLite
import DialectCore
import Foundation
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteOpeningTests {
    /// What opening a path gives; the error must name the path.
    private func error(_ path: String, _ query: String = "") async throws -> DatabaseError {
        let connector = try connector(path, query)
        let error = try await failure { try await withConnection(connector) { try await $0.execute("SELECT 1") } }
        #expect(error.message.contains("'\(path)'"), "\(error)")
        return error
    }

    @Test func aMissingFileIsCreated() async throws {
        try await withFolder { folder in
            let path = folder + "/new file.db"
            try await withConnection(connector(path)) { try await $0.execute("CREATE TABLE t (a)") }
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }

    @Test(arguments: ["rw", "ro"])
    func aMissingFileIsNotCreatedWhenTheURLForbidsIt(mode: String) async throws {
        try await withFolder { folder in
            let error = try await error(folder + "/a.db", "mode=\(mode)")
            #expect(error.code == .connectionFailed)
            #expect(error.message.contains("mode=rwc"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/a.db"))
        }
    }

    @Test func aMissingFolderIsNamed() async throws {
        try await withFolder { folder in
            let error = try await error(folder + "/absent/a.db")
            #expect(error.code == .connectionFailed)
            #expect(error.message.contains("'\(folder)/absent'"))
        }
    }

    @Test func aFolderIsNoFile() async throws {
        try await withFolder { folder in
            let error = try await error(folder)
            #expect(error.code == .connectionFailed)
            #expect(error.message.contains("is a folder"))
        }
    }

    @Test func aFileInThePlaceOfAFolderIsNamed() async throws {
        try await withFolder { folder in
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
            let error = try await error(folder + "/file/a.db")
            #expect(error.code == .connectionFailed)
        }
    }

    @Test func aFileOfAnotherKindIsNamed() async throws {
        try await withFolder { folder in
            try Data(repeating: 65, count: 5000).write(to: URL(fileURLWithPath: folder + "/a.db"))
            let error = try await error(folder + "/a.db")
            #expect(error.code == .storageCorrupt)
        }
    }

    @Test func aDamagedFileIsNamed() async throws {
        try await withFolder { folder in
            let path = folder + "/a.db"
            try await withConnection(connector(path, "journal_mode=delete")) { connection in
                try await connection.execute("CREATE TABLE t (a)")
                for _ in 0..<50 { try await connection.execute("INSERT INTO t VALUES (zeroblob(5000))") }
            }
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            for position in 4096..<bytes.count { bytes[position] = 0xA5 }
            try bytes.write(to: URL(fileURLWithPath: path))
            let connector = try connector(path, "journal_mode=keep")
            let error = try await failure {
                try await withConnection(connector) { try await $0.execute("SELECT sum(length(a)) FROM t") }
            }
            #expect(error.code == .storageCorrupt)
            #expect(error.message.contains(path))
        }
    }

    @Test func readingOnlyRefusesToWrite() async throws {
        try await withFolder { folder in
            let path = folder + "/a.db"
            try await withConnection(connector(path)) { try await $0.execute("CREATE TABLE t (a)") }
            try await withConnection(connector(path, "mode=ro")) { connection in
                let count = try await scalar("SELECT count(*) FROM t", as: Int.self, connection)
                #expect(count == 0)
                for isInTransaction in [false, true] {
                    if isInTransaction { try await connection.begin(.readWrite) }
                    let error = try await failure { try await connection.execute("INSERT INTO t VALUES (1)") }
                    #expect(error.code == .readOnlyViolation)
                    #expect(error.message.contains(path))
                    if isInTransaction { try await connection.commit() }
                }
                let holdsSlot = await connection.holdsSlot
                #expect(!holdsSlot)
            }
        }
    }

    // The superuser may do everything, whatever a file's permissions say.

    @Test(.enabled(if: geteuid() != 0))
    func anUnreadableFileIsNamed() async throws {
        try await withFolder { folder in
            let path = folder + "/a.db"
            try await withConnection(connector(path)) { try await $0.execute("CREATE TABLE t (a)") }
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
            let error = try await error(path)
            #expect(error.code == .permissionDenied)
        }
    }

    @Test(.enabled(if: geteuid() != 0))
    func aReadOnlyFileCanBeRead() async throws {
        try await withFolder { folder in
            let path = folder + "/a.db"
            try await withConnection(connector(path, "journal_mode=delete")) { connection in
                try await connection.execute("CREATE TABLE t (a)")
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
            try await withConnection(connector(path)) { connection in
                let count = try await scalar("SELECT count(*) FROM t", as: Int.self, connection)
                #expect(count == 0)
                let error = try await failure { try await connection.execute("INSERT INTO t VALUES (1)") }
                #expect(error.code == .readOnlyViolation)
                #expect(error.message.contains(path))
            }
        }
    }

    @Test(.enabled(if: geteuid() != 0))
    func aFolderThatMayNotBeWrittenIsNamed() async throws {
        try await withFolder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder) }
            let error = try await error(folder + "/a.db")
            #expect(error.code == .permissionDenied)
        }
    }

    @Test(.enabled(if: geteuid() != 0))
    func aFolderThatMayNotBeEnteredIsNamed() async throws {
        try await withFolder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: folder)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder) }
            let error = try await error(folder + "/a.db")
            #expect(error.code == .permissionDenied)
        }
    }

    @Test func aDatabaseInMemoryIsOpenedOnce() async throws {
        let connector = try connector(nil)
        try await withConnection(connector) { first in
            try await first.execute("CREATE TABLE t (a)")
            let error = try await failure { _ = try await connector.connect() }
            #expect(error.code == .invalidConfiguration)
        }
        try await withConnection(connector) { try await $0.execute("CREATE TABLE t (a)") }
    }

    @Test func openingIsCancelled() async throws {
        let connector = try connector(nil)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await connector.connect()
        }
        let error = try await failure { try await task.value }
        #expect(error.code == .cancelled)
        try await withConnection(connector) { try await $0.execute("SELECT 1") }
    }

    @Test func aFailedOpeningLeavesNothingBehind() async throws {
        try await withFolder { folder in
            let path = folder + "/leftover.db"
            try Data(repeating: 65, count: 4096).write(to: URL(filePath: path))
            for _ in 0..<20 { _ = try await error(path) }
            try await eventually { try !hasOpenFile("/leftover.db") }
        }
    }
}
#endif
