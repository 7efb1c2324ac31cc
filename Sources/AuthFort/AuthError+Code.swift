extension AuthError {
    /// An error code.
    ///
    /// The set is open: an application may add its own.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code as clients read it, such as `invalid_email`.
        public let name: String
        /// The HTTP status of an error with this code that names no other.
        public let status: Int

        /// Makes a code.
        ///
        /// Codes with equal names are equal.
        ///
        /// - Parameters:
        ///   - name: The code as clients read it.
        ///   - status: The HTTP status, by default 400.
        public init(_ name: String, status: Int = 400) {
            self.name = name
            self.status = status
        }

        /// The code's name.
        public var description: String { name }

        /// Two codes are equal when their names are.
        public static func == (left: Code, right: Code) -> Bool { left.name == right.name }

        /// Hashes the name.
        public func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }
}

// What a person typed.
extension AuthError.Code {
    /// The e-mail address is malformed, too long, or can receive no mail.
    public static let invalidEmail = Self("invalid_email")
    /// The name is too long.
    public static let invalidName = Self("invalid_name")
    /// The phone number is too long or holds other characters than phone numbers do.
    public static let invalidPhone = Self("invalid_phone")
    /// The avatar's address is too long or is not an http or https URL.
    public static let invalidAvatarURL = Self("invalid_avatar_url")
}

// Passwords.
extension AuthError.Code {
    /// The new password is shorter than the configured minimum.
    public static let passwordTooShort = Self("password_too_short")
    /// The new password is longer than the configured maximum.
    public static let passwordTooLong = Self("password_too_long")
    /// The new password is in a known breach.
    public static let passwordPwned = Self("password_pwned")
    /// The new password is one of the user's last ones.
    public static let passwordReused = Self("password_reused")
    /// The new password is the current one.
    public static let passwordUnchanged = Self("password_unchanged")
    /// The account has a password, so that it can be changed but not set.
    public static let passwordAlreadySet = Self("password_already_set")
    /// The current password is wrong.
    public static let invalidPassword = Self("invalid_password")
    /// The account has no password.
    public static let noPassword = Self("no_password")
    /// The account has no password and signs in through a provider.
    public static let oauthAccount = Self("oauth_account")
}

// Tokens and codes sent by mail.
extension AuthError.Code {
    /// The password reset token is unknown, used or expired.
    public static let invalidResetToken = Self("invalid_reset_token")
    /// The e-mail verification token is unknown, used or expired.
    public static let invalidVerificationToken = Self("invalid_verification_token")
    /// The magic link is unknown, used or expired.
    public static let invalidMagicLink = Self("invalid_magic_link")
    /// The one-time code is wrong, used or expired.
    public static let invalidOTP = Self("invalid_otp")
}

// Users.
extension AuthError.Code {
    /// The e-mail address belongs to an account.
    public static let userExists = Self("user_exists", status: 409)
    /// The e-mail address or the password is wrong.
    public static let invalidCredentials = Self("invalid_credentials", status: 401)
    /// The account is banned.
    public static let userBanned = Self("user_banned", status: 403)
    /// The user does not exist.
    ///
    /// Where a credential led to the user, the status is 401.
    public static let userNotFound = Self("user_not_found", status: 404)
    /// The application does not let people sign up.
    public static let signupDisabled = Self("signup_disabled", status: 403)
    /// The user has none of the required roles.
    public static let insufficientRole = Self("insufficient_role", status: 403)
}

// Access and refresh tokens.
extension AuthError.Code {
    /// The request holds no refresh token.
    public static let refreshTokenMissing = Self("refresh_token_missing", status: 401)
    /// The refresh token is unknown.
    public static let refreshTokenInvalid = Self("refresh_token_invalid", status: 401)
    /// The refresh token was used or revoked before.
    public static let refreshTokenRevoked = Self("refresh_token_revoked", status: 401)
    /// The refresh token is past its lifetime.
    public static let refreshTokenExpired = Self("refresh_token_expired", status: 401)
    /// The refresh token and the access token are not of one session.
    public static let refreshTokenMismatch = Self("refresh_token_mismatch", status: 401)
    /// The request holds no access token.
    public static let tokenMissing = Self("token_missing", status: 401)
    /// The access token is malformed or its signature does not verify.
    public static let tokenInvalid = Self("token_invalid", status: 401)
    /// The access token is past its lifetime.
    public static let tokenExpired = Self("token_expired", status: 401)
    /// The access token was made before the user's tokens were revoked.
    public static let tokenVersionMismatch = Self("token_version_mismatch", status: 401)
    /// The caller of token introspection did not prove who it is.
    public static let unauthorized = Self("unauthorized", status: 401)
    /// Too many requests came from one address or for one account.
    public static let rateLimitExceeded = Self("rate_limit_exceeded", status: 429)
}

// The second factor.
extension AuthError.Code {
    /// The challenge is unknown, malformed or expired.
    public static let invalidMFAToken = Self("invalid_mfa_token", status: 401)
    /// The code is wrong or was used.
    ///
    /// Where it would complete a sign-in, the status is 401.
    public static let invalidMFACode = Self("invalid_mfa_code")
    /// Too many wrong codes were entered.
    public static let mfaLocked = Self("mfa_locked", status: 429)
    /// The user has a second factor.
    public static let mfaAlreadyEnabled = Self("mfa_already_enabled")
    /// The user has no second factor.
    public static let mfaNotEnabled = Self("mfa_not_enabled")
    /// The user did not start to set a second factor up.
    public static let mfaNotInitiated = Self("mfa_not_initiated")
}

// Providers.
extension AuthError.Code {
    /// No provider with that name is configured.
    public static let unknownProvider = Self("unknown_provider", status: 404)
    /// The page to return to is not part of the application.
    public static let invalidRedirect = Self("invalid_redirect")
    /// The provider reported an error.
    public static let oauthProviderError = Self("oauth_provider_error")
    /// The provider's answer lacks its code or state.
    public static let oauthMissingParameters = Self("oauth_missing_params")
    /// The state is malformed or not ours.
    public static let oauthStateInvalid = Self("oauth_state_invalid")
    /// The state is past its lifetime.
    public static let oauthStateExpired = Self("oauth_state_expired")
    /// The state was made for another provider.
    public static let oauthStateProviderMismatch = Self("oauth_state_provider_mismatch")
    /// The provider did not give a token for its code.
    public static let oauthExchangeFailed = Self("oauth_exchange_failed")
    /// The provider did not tell who the person is.
    public static let oauthUserInfoFailed = Self("oauth_user_info_failed")
    /// The provider did not give an e-mail address.
    public static let oauthNoEmail = Self("oauth_no_email")
    /// The provider did not give the person's identifier.
    public static let oauthNoUserID = Self("oauth_no_user_id")
    /// The account was neither found nor made.
    public static let userCreationFailed = Self("user_creation_failed", status: 500)
}
