#if SQLite
import DialectCore
import Foundation
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteOptionsTests {
    private func options(_ text: String) throws -> SQLiteOptions { try SQLiteOptions(DatabaseURL(text)) }

    private func isRefused(_ text: String, naming words: String...) async throws {
        let error = try await failure { _ = try options(text) }
        #expect(error.code == .invalidURL)
        for word in words { #expect(error.message.contains(word), "\(error.message)") }
    }

    @Test(arguments: [
        ("sqlite:////tmp/a.db", "/tmp/a.db"), ("sqlite+aiosqlite:////tmp/a.db", "/tmp/a.db"),
        ("sqlite:////tmp/a%20b.db", "/tmp/a b.db"), ("sqlite:////tmp/a b.db", "/tmp/a b.db"),
        ("sqlite:////tmp/naïve.db", "/tmp/naïve.db"), ("sqlite:///file:/tmp/a.db?uri=true", "/tmp/a.db"),
        ("sqlite:///file:///tmp/a.db?uri=true", "/tmp/a.db"),
        ("sqlite:///file://localhost/tmp/a.db?uri=true", "/tmp/a.db"),
    ])
    func readsTheFilesPath(url: String, path: String) throws {
        #expect(try options(url).path == path)
    }

    @Test func aRelativePathIsResolvedAtOnce() throws {
        let folder = FileManager.default.currentDirectoryPath
        #expect(try options("sqlite:///a.db").path == folder + "/a.db")
        #expect(try options("sqlite:///b/../a.db").path == folder + "/b/../a.db")
        #expect(try options("sqlite:///file:a.db?uri=1").path == folder + "/a.db")
    }

    @Test(arguments: [
        "sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite+aiosqlite://", "sqlite:///a.db?mode=memory",
        "sqlite:///file::memory:?uri=true", "sqlite:///file:x?mode=memory&cache=shared&uri=true",
        "sqlite:///:memory:?cache=shared",
    ])
    func readsADatabaseInMemory(url: String) throws {
        #expect(try options(url).location == .memory)
    }

    @Test func theDefaultsAreThoseOfTheTable() throws {
        let options = try options("sqlite:///a.db")
        #expect(options.mode == .readWriteCreate)
        #expect(options.busyTimeout == .seconds(5) && options.writerTimeout == .seconds(30))
        #expect(options.journalMode == .wal && options.synchronous == .full)
        #expect(options.enforcesForeignKeys && options.cachedStatements == 128)
    }

    @Test func readsEveryOption() throws {
        let options = try options(
            """
            sqlite:///a.db?mode=RO&timeout=0.25&writer_timeout=7&journal_mode=DELETE&synchronous=off&foreign_keys=no\
            &cached_statements=5&cache=private&uri=false
            """
        )
        #expect(options.mode == .readOnly)
        #expect(options.busyTimeout == .milliseconds(250) && options.writerTimeout == .seconds(7))
        #expect(options.journalMode == .delete && options.synchronous == .off)
        #expect(!options.enforcesForeignKeys && options.cachedStatements == 5)
    }

    @Test(arguments: ["check_same_thread=False", "detect_types=1", "isolation_level=", "autocommit=-1", "factory=x"])
    func optionsOfThePythonDriverHaveNoEffect(option: String) throws {
        #expect(try options("sqlite:///a.db?\(option)") == options("sqlite:///a.db"))
    }

    @Test(arguments: [
        ("mode", "write"), ("timeout", "-1"), ("timeout", "soon"), ("timeout", "nan"), ("timeout", "1e9"),
        ("timeout", ""), ("writer_timeout", "x"), ("journal_mode", "off"), ("synchronous", "2"),
        ("foreign_keys", "maybe"),
        ("cached_statements", "-1"), ("cached_statements", "many"), ("cached_statements", "10001"), ("cache", "big"),
        ("uri", "perhaps"),
    ])
    func aBadValueIsRefused(option: String, value: String) async throws {
        try await isRefused("sqlite:///a.db?\(option)=\(value)", naming: "'\(option)'", "'\(value)'")
    }

    @Test func anUnknownOptionIsRefused() async throws {
        try await isRefused("sqlite:///a.db?timeuot=5", naming: "'timeuot'", "timeout")
    }

    @Test func anOptionGivenTwiceIsRefused() async throws {
        try await isRefused("sqlite:///a.db?timeout=1&timeout=2", naming: "timeout")
    }

    @Test(arguments: [
        "sqlite://host/a.db", "sqlite://a.db", "sqlite://user@/a.db", "sqlite://h:1/a", "sqlite://./a.db",
    ])
    func aURLWithAHostOrUserIsRefused(url: String) async throws {
        try await isRefused(url, naming: "three slashes")
    }

    @Test func aURIPathNeedsTheOption() async throws {
        try await isRefused("sqlite:///file:a.db", naming: "uri=true")
        try await isRefused("sqlite:///file://server/a.db?uri=true", naming: "'server'")
    }

    @Test func theSharedCacheIsRefusedForFiles() async throws {
        try await isRefused("sqlite:///a.db?cache=shared", naming: "'cache'")
    }
}
#endif
