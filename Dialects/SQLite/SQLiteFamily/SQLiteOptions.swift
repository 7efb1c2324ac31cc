/// What a URL asks for, read and checked.
///
/// The options of the URL's query:
///
/// | option | value | default |
/// |---|---|---|
/// | `mode` | `ro` reads only, `rw` needs the file to be there, `rwc` creates it, `memory` needs no file | `rwc` |
/// | `timeout` | seconds to wait while another process holds the file | 5 |
/// | `writer_timeout` | seconds to wait while another connection of this process writes | 30 |
/// | `journal_mode` | `wal`, `delete`, `truncate`, `persist`, or `keep` for what the file has | `wal` |
/// | `synchronous` | `off`, `normal`, `full`, `extra` | `full` |
/// | `foreign_keys` | `on`, `off` | `on` |
/// | `cached_statements` | prepared statements that each connection keeps, 0 to 10,000 | 128 |
/// | `uri` | `true` allows a `file:` URI as the path | `false` |
/// | `cache` | `private`; `shared` only in memory, where all share one connection anyway | `private` |
///
/// `timeout`, `cached_statements` and `uri` are those of Python's driver. Its `check_same_thread`, `detect_types`,
/// `isolation_level`, `autocommit` and `factory` are accepted and have no effect, so that a URL can be brought along: a
/// connection belongs to no thread, values are read as the type that is asked for, and transactions begin where the
/// program says so.
///
/// Commits are durable: `synchronous` stays at `full`, because in write-ahead logging `normal` keeps the file sound but
/// may lose the last transactions at a power failure (https://sqlite.org/pragma.html#pragma_synchronous), and an
/// application must be able to rely on what it has revoked.
public struct SQLiteOptions: Sendable, Hashable {
    enum Location: Sendable, Hashable {
        case file(path: String)
        case memory
    }

    enum Mode: String, Sendable, CaseIterable {
        case readOnly = "ro"
        case readWrite = "rw"
        case readWriteCreate = "rwc"
        case memory
    }

    enum JournalMode: String, Sendable, CaseIterable {
        case wal, delete, truncate, persist, keep
    }

    enum Synchronous: String, Sendable, CaseIterable {
        case off, normal, full, extra
    }

    var location: Location
    var mode = Mode.readWriteCreate
    var busyTimeout = Duration.seconds(5)
    var writerTimeout = Duration.seconds(30)
    var journalMode = JournalMode.wal
    var synchronous = Synchronous.full
    var enforcesForeignKeys = true
    var cachedStatements = 128

    /// The absolute path of the file, or nil in memory.
    public var path: String? { if case .file(let path) = location { path } else { nil } }

    init(location: Location) { self.location = location }
}
