public import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

// The one place that reads a `DatabaseURL`.
extension SQLiteOptions {
    /// Options of Python's driver that have no meaning here.
    private static let ignored: Set = ["check_same_thread", "detect_types", "isolation_level", "autocommit", "factory"]
    private static let known = [
        "mode", "timeout", "writer_timeout", "journal_mode", "synchronous", "foreign_keys", "cached_statements", "uri",
        "cache",
    ]

    /// Reads a URL.
    ///
    /// A relative path is resolved now, so that a later change of the working folder changes nothing.
    ///
    /// - Parameters:
    ///   - url: The URL, whose scheme may be any.
    ///   - others: The names of options in the query that the dialect reads itself.
    /// - Throws: `DatabaseError` with code `invalidURL` for a URL with a host, user or password, for an unknown option,
    ///   and for an option with a value it may not have.
    public init(_ url: DatabaseURL, besides others: [String] = []) throws(DatabaseError) {
        guard url.hosts.isEmpty, url.user == nil, url.password == nil else {
            throw invalid(
                "An SQLite URL has no host, port, user or password; write \(url.scheme):///relative.db with three "
                    + "slashes, \(url.scheme):////absolute.db with four, or \(url.scheme):// for a database in memory."
            )
        }
        try Self.refuseUnknownOptions(of: url, besides: others)
        let mode = try url.choice("mode", of: Mode.self) ?? .readWriteCreate
        let isURI = try url.isOn("uri") ?? false
        let location = try Self.location(url.database, isURI: isURI, mode: mode)
        self.init(location: location)
        self.mode = mode
        if let seconds = try url.seconds("timeout") { busyTimeout = seconds }
        if let seconds = try url.seconds("writer_timeout") { writerTimeout = seconds }
        journalMode = try url.choice("journal_mode", of: JournalMode.self) ?? .wal
        synchronous = try url.choice("synchronous", of: Synchronous.self) ?? .full
        enforcesForeignKeys = try url.isOn("foreign_keys") ?? true
        if let text = try url.option("cached_statements") {
            guard let count = Int(text), (0...10_000).contains(count) else {
                throw invalid("The URL option 'cached_statements' is '\(text)'; it must be a number from 0 to 10000.")
            }
            cachedStatements = count
        }
        if try url.choice("cache", of: Cache.self) == .shared, location != .memory {
            throw invalid(
                "The URL option 'cache' is 'shared', which is only for databases in memory: connections to a file work "
                    + "together through write-ahead logging. Remove the option."
            )
        }
    }

    private enum Cache: String, CaseIterable {
        case `private`, shared
    }

    private static func refuseUnknownOptions(of url: DatabaseURL, besides others: [String]) throws(DatabaseError) {
        let known = known + others
        for parameter in url.query where !known.contains(parameter.name) && !ignored.contains(parameter.name) {
            throw invalid(
                "The URL option '\(parameter.name)' is unknown to SQLite; the options are "
                    + "\(known.joined(separator: ", "))."
            )
        }
    }

    private static func location(
        _ database: String?,
        isURI: Bool,
        mode: Mode
    ) throws(DatabaseError) -> Location {
        guard var path = database, mode != .memory else { return .memory }
        if path.hasPrefix("file:") {
            guard isURI else {
                throw invalid("The URL's path begins with 'file:'; add the option uri=true, or write a plain path.")
            }
            path = try pathOfURI(path)
        }
        return path.isEmpty || path == ":memory:" ? .memory : .file(path: absolute(path))
    }

    /// The path in a `file:` URI, whose options are those of the URL around it.
    ///
    /// https://sqlite.org/uri.html
    private static func pathOfURI(_ uri: String) throws(DatabaseError) -> String {
        let rest = uri.dropFirst("file:".count)
        guard rest.hasPrefix("//") else { return String(rest) }
        let path = rest.dropFirst(2).drop { $0 != "/" }
        let host = rest.dropFirst(2).prefix { $0 != "/" }
        guard host.isEmpty || host == "localhost" else {
            throw invalid("The URL's file: URI names the host '\(host)'; a database file is on this machine.")
        }
        return String(path)
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}

extension DatabaseURL {
    fileprivate func option(_ name: String) throws(DatabaseError) -> String? { try query.single(name) }

    fileprivate func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        of type: Choice.Type
    ) throws(DatabaseError) -> Choice? {
        guard let text = try option(name) else { return nil }
        guard let choice = Choice(rawValue: text.lowercased()) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw invalid("The URL option '\(name)' is '\(text)'; it must be one of \(choices).")
        }
        return choice
    }

    fileprivate func isOn(_ name: String) throws(DatabaseError) -> Bool? {
        guard let text = try option(name) else { return nil }
        switch text.lowercased() {
        case "on", "true", "yes", "1": return true
        case "off", "false", "no", "0": return false
        default: throw invalid("The URL option '\(name)' is '\(text)'; it must be on or off.")
        }
    }

    /// A day is more than anybody waits for, and keeps the number far from overflow.
    fileprivate func seconds(_ name: String) throws(DatabaseError) -> Duration? {
        guard let text = try option(name) else { return nil }
        guard let seconds = Double(text), (0...86_400).contains(seconds) else {
            throw invalid("The URL option '\(name)' is '\(text)'; it must be a number of seconds from 0 to 86400.")
        }
        return .seconds(seconds)
    }
}

private func invalid(_ message: String) -> DatabaseError { DatabaseError(.invalidURL, message) }
