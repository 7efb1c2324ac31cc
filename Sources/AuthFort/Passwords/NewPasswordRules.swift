import Logging

/// What a new password must be like.
struct NewPasswordRules: Sendable {
    let policy: PasswordPolicy
    let breaches: PwnedPasswords
    let breachCheck: ExternalCheck
    let logger: Logger

    /// Refuses a password that is too short or too long.
    func checkLength(of password: String) throws(AuthError) {
        switch policy.problem(with: password) {
        case nil: return
        case .tooShort(let minimum):
            throw .passwordTooShort(minimum: minimum)
        case .tooLong(let maximum):
            throw .passwordTooLong(maximumBytes: maximum)
        }
    }

    /// Refuses a password that is in a known breach, or that cannot be looked up where that must not be overlooked.
    ///
    /// Call it before a transaction begins: it asks a service outside.
    func checkBreaches(of password: String) async throws(AuthError) {
        guard breachCheck != .off else { return }
        switch await breaches.check(password) {
        case .notFound: return
        case .unreachable where breachCheck == .failOpen:
            logger.debug("Password breach look-up is unreachable; the password is accepted")
        case .breached, .unreachable:
            throw .passwordPwned
        }
    }
}
