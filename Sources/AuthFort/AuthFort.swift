public import DialectCore
import DialectEngine
public import Logging

/// Accounts, sessions and tokens on any database that a linked dialect serves.
///
///     let auth = try AuthFort(databaseURL: "sqlite:///app.db")
///     try await auth.migrate()
///     let user = try await auth.users.create(email: "ada@example.com", password: password)
///     await auth.dispose()
///
/// The tables, stored values and rules are those of the Python library AuthFort 0.0.31, so both may share a database.
public final class AuthFort: Sendable {
    /// The accounts: making, finding, banning and deleting them.
    public var users: Users { Users(context: context) }

    /// Passwords of accounts.
    public var passwords: Passwords { Passwords(context: context) }

    let context: AuthFortContext

    /// Prepares to use a database.
    ///
    /// Opens no connection.
    ///
    /// - Parameters:
    ///   - databaseURL: The database's URL, such as `postgresql://user:password@host/database` or `sqlite:///app.db`.
    ///   - configuration: Everything else that an application may choose.
    ///   - registry: The dialects to choose from; those that are linked into the program unless told.
    ///   - logger: Where to log; nothing above debug is logged that the result of a call can tell.
    /// - Throws: `ConfigurationError`, or `DatabaseError` with code `invalidURL`, `unknownScheme` or `duplicateScheme`.
    public init(
        databaseURL: String,
        configuration: AuthFortConfiguration = AuthFortConfiguration(),
        registry: DialectRegistry? = nil,
        logger: Logger = Logger(label: "authfort")
    ) throws {
        let configuration = try configuration.validated()
        let engine = try Engine(
            url: DatabaseURL(databaseURL),
            registry: registry ?? .linked(),
            configuration: EngineConfiguration(pool: configuration.pool),
            logger: logger
        )
        let passwords = configuration.passwords
        let breaches = PwnedPasswords(passwords.breachLookup)
        context = AuthFortContext(
            engine: engine,
            configuration: configuration,
            hasher: try PasswordHasher(parameters: passwords.hashing, threads: passwords.hashingThreads),
            newPasswordRules: NewPasswordRules(
                policy: PasswordPolicy(passwords),
                breaches: breaches,
                breachCheck: passwords.breachCheck,
                logger: logger
            ),
            logger: logger
        )
    }

    /// Ends every connection and thread of this object, after the work that is under way.
    ///
    /// Safe to call twice.
    ///
    /// Calls after it fail with `DatabaseError` code `poolClosed`.
    public func dispose() async {
        await context.engine.dispose()
        await context.hasher.shutdown()
        await context.newPasswordRules.breaches.shutdown()
    }

    /// Makes an `AuthFort`, gives it to `body`, and disposes of it whatever happens.
    ///
    /// - Throws: What `init` throws, and whatever `body` throws.
    @discardableResult
    public static func withAuthFort<Result: Sendable>(
        databaseURL: String,
        configuration: AuthFortConfiguration = AuthFortConfiguration(),
        registry: DialectRegistry? = nil,
        logger: Logger = Logger(label: "authfort"),
        _ body: (AuthFort) async throws -> Result
    ) async throws -> Result {
        let auth = try AuthFort(
            databaseURL: databaseURL,
            configuration: configuration,
            registry: registry,
            logger: logger
        )
        do {
            let result = try await body(auth)
            await auth.dispose()
            return result
        } catch {
            await auth.dispose()
            throw error
        }
    }
}
