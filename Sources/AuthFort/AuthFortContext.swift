import DialectCore
import DialectEngine
import Logging

/// What the services share.
struct AuthFortContext: Sendable {
    let engine: Engine
    let configuration: AuthFortConfiguration
    let hasher: PasswordHasher
    let newPasswordRules: NewPasswordRules
    let logger: Logger

    /// The present time, as exactly as the database keeps it in the columns of AuthFort's tables.
    ///
    /// Whole seconds are cut here, because databases do that in different ways, and so that a value that was written is
    /// equal to what is read.
    func now() -> Timestamp {
        let now = Timestamp.now
        guard !engine.dialect.features.contains(.microsecondTimestamps) else { return now }
        let microseconds = now.microsecondsSinceEpoch
        return Timestamp(microsecondsSinceEpoch: microseconds - microseconds % 1_000_000)
    }
}
