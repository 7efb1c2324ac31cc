/// How long a new password must and may be.
///
/// Existing passwords are never judged by it.
struct PasswordPolicy: Sendable {
    enum Problem: Hashable, Sendable {
        /// Shorter than this many Unicode code points.
        case tooShort(minimumLength: Int)
        /// Longer than this many bytes of UTF-8.
        case tooLong(maximumBytes: Int)
    }

    let minimumLength: Int
    let maximumBytes: Int

    init(_ passwords: AuthFortConfiguration.Passwords) {
        minimumLength = passwords.minimumLength
        maximumBytes = passwords.maximumBytes
    }

    /// What is wrong with a new password.
    ///
    /// Nil: its length is right.
    ///
    /// Bytes are looked at first, so that a huge text is not counted through.
    func problem(with password: String) -> Problem? {
        if password.utf8.count > maximumBytes { return .tooLong(maximumBytes: maximumBytes) }
        if password.unicodeScalars.count < minimumLength { return .tooShort(minimumLength: minimumLength) }
        return nil
    }
}
