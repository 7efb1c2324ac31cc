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
    /// The present time; tests give another clock.
    var now: @Sendable () -> Timestamp = { Timestamp.now }
}
