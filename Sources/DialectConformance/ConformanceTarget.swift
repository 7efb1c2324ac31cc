public import DialectCore

/// A dialect that is to be tested, the databases to test it on, and what only its author knows.
///
/// All but the dialect and its database is optional. What is not supplied is not tested: the suite then has no case for
/// it.
public struct ConformanceTarget: Sendable {
    /// The dialect.
    public var dialect: any Dialect

    /// Gives the database for one case.
    public var makeDatabase: @Sendable () async throws -> ConformanceDatabase

    /// How many cases run at the same time, 4 unless told.
    ///
    /// Each has up to eight sessions open.
    public var casesAtOnce = 4

    /// How long a case may take before its sessions are closed and it counts as failed, two minutes unless told.
    public var patience = Duration.seconds(120)

    /// A read-only statement that gives a row and takes ten seconds or more, such as `SELECT pg_sleep(60)`.
    ///
    /// When nil, the suite counts the rows of a large join, which keeps a processor busy.
    public var slowStatement: Statement?

    /// Makes a statement with which any other session ends the one given.
    ///
    /// It may ask the session who it is. It is called while nothing runs there, and the statement is run later.
    public var killStatement: (@Sendable (_ victim: any Connection) async throws -> Statement)?

    /// A setting of a session that its next user must not find changed.
    public var sessionSetting: SessionSetting?

    /// How a session is told to wait for a lock no longer than about a second.
    public var shortLockWait: ShortLockWait?

    /// Connections that the database must refuse, given the URL of one that it accepts: wrong passwords, databases that
    /// do not exist, and the like.
    public var refusedConnections: (@Sendable (_ accepted: DatabaseURL) throws -> [RefusedConnection])?

    /// Whether sessions reach the database through the network, at the hosts of its URL.
    ///
    /// The suite then connects to a host where nobody listens. A target that is made from a URL finds out by itself.
    public var isServer = false

    /// Features that the dialect does not declare although this particular database has them.
    ///
    /// A dialect for several databases declares what all of them can do. The suite does not ask for proof that these
    /// features are absent.
    public var presentButUndeclared: Set<DialectFeature> = []

    /// Makes a target with a database for each case.
    public init(_ dialect: any Dialect, makeDatabase: @escaping @Sendable () async throws -> ConformanceDatabase) {
        self.dialect = dialect
        self.makeDatabase = makeDatabase
    }

    /// Makes a target with one database that all cases share.
    public init(_ dialect: any Dialect, url: String) {
        self.init(dialect) { ConformanceDatabase(url: try DatabaseURL(url)) }
        isServer = (try? DatabaseURL(url))?.hosts.isEmpty == false
    }

    /// The same target with the dialect as its sessions refine it, for dialects that adapt to the server they find.
    ///
    /// The suite then tests what this server can do. Where sessions do not conform to `DialectRefining`, the target
    /// stays as it is.
    ///
    /// - Throws: What `makeDatabase` throws, and `DatabaseError` when there is no session.
    public func refined() async throws -> ConformanceTarget {
        let database = try await makeDatabase()
        do {
            let session = try await dialect.connector(for: database.url, logger: Trial.logger).connect()
            var target = self
            target.dialect = (session as? any DialectRefining)?.refinedDialect ?? dialect
            await session.close()
            await database.remove?()
            return target
        } catch {
            await database.remove?()
            throw error
        }
    }
}

/// A database that a case may use.
public struct ConformanceDatabase: Sendable {
    /// The database's URL.
    public var url: DatabaseURL
    /// Removes the database when the case is over; nil when it is shared, and the case then drops its own tables.
    public var remove: (@Sendable () async -> Void)?

    /// Makes a database from its URL.
    public init(url: DatabaseURL, remove: (@Sendable () async -> Void)? = nil) {
        self.url = url
        self.remove = remove
    }
}

/// A setting of a session, how to change it, and how to read it.
public struct SessionSetting: Sendable {
    /// Gives the setting another value.
    public var change: Statement
    /// Gives one row with the setting's value.
    public var read: Statement

    /// Makes a setting.
    public init(change: Statement, read: Statement) {
        self.change = change
        self.read = read
    }
}

/// How a session is told to wait only shortly for a lock.
public enum ShortLockWait: Sendable {
    /// By a statement that it runs first.
    case statement(Statement)
    /// By an option of the URL.
    case urlOption(name: String, value: String)
}

/// A connection that a database must refuse.
public struct RefusedConnection: Sendable {
    /// What is wrong with it, in a few words.
    public var reason: String
    /// The URL.
    public var url: DatabaseURL
    /// The code of the error.
    public var code: DatabaseError.Code

    /// Makes a description of a connection to be refused.
    public init(_ reason: String, url: DatabaseURL, code: DatabaseError.Code) {
        self.reason = reason
        self.url = url
        self.code = code
    }
}
