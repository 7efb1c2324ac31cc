import AuthFort
import Testing

@Suite struct AuthErrorTests {
    @Test func statusIsThatOfTheCodeUnlessAnotherIsGiven() {
        #expect(AuthError(.userNotFound, "User not found").status == 404)
        #expect(AuthError(.userNotFound, "User not found", status: 401).status == 401)
        #expect(AuthError(AuthError.Code("quota_exceeded"), "Too much").status == 400)
    }

    @Test func codesAreEqualByName() {
        #expect(AuthError.Code("user_banned") == .userBanned)
        #expect(Set([AuthError.Code("user_banned", status: 400), .userBanned]).count == 1)
    }

    @Test func descriptionIsTheCodeAndTheMessage() {
        let error = AuthError(.oauthAccount, "This account uses social login", providers: ["github"])
        #expect("\(error)" == "oauth_account: This account uses social login")
        #expect(error.providers == ["github"])
    }

    /// Clients tell errors apart by these, so a change of one is a change of the wire format.
    @Test func codesAndTheirStatusesAreThoseOfTheWireFormat() {
        let codes: [(AuthError.Code, String, Int)] = [
            (.invalidEmail, "invalid_email", 400), (.invalidName, "invalid_name", 400),
            (.invalidPhone, "invalid_phone", 400), (.invalidAvatarURL, "invalid_avatar_url", 400),
            (.passwordTooShort, "password_too_short", 400),
            (.passwordTooLong, "password_too_long", 400), (.passwordPwned, "password_pwned", 400),
            (.passwordReused, "password_reused", 400), (.passwordUnchanged, "password_unchanged", 400),
            (.passwordAlreadySet, "password_already_set", 400), (.invalidPassword, "invalid_password", 400),
            (.noPassword, "no_password", 400), (.oauthAccount, "oauth_account", 400),
            (.invalidResetToken, "invalid_reset_token", 400),
            (.invalidVerificationToken, "invalid_verification_token", 400),
            (.invalidMagicLink, "invalid_magic_link", 400), (.invalidOTP, "invalid_otp", 400),
            (.userExists, "user_exists", 409), (.invalidCredentials, "invalid_credentials", 401),
            (.userBanned, "user_banned", 403), (.userNotFound, "user_not_found", 404),
            (.signupDisabled, "signup_disabled", 403), (.insufficientRole, "insufficient_role", 403),
            (.refreshTokenMissing, "refresh_token_missing", 401), (.refreshTokenInvalid, "refresh_token_invalid", 401),
            (.refreshTokenRevoked, "refresh_token_revoked", 401), (.refreshTokenExpired, "refresh_token_expired", 401),
            (.refreshTokenMismatch, "refresh_token_mismatch", 401), (.tokenMissing, "token_missing", 401),
            (.tokenInvalid, "token_invalid", 401), (.tokenExpired, "token_expired", 401),
            (.tokenVersionMismatch, "token_version_mismatch", 401), (.unauthorized, "unauthorized", 401),
            (.rateLimitExceeded, "rate_limit_exceeded", 429), (.invalidMFAToken, "invalid_mfa_token", 401),
            (.invalidMFACode, "invalid_mfa_code", 400), (.mfaLocked, "mfa_locked", 429),
            (.mfaAlreadyEnabled, "mfa_already_enabled", 400), (.mfaNotEnabled, "mfa_not_enabled", 400),
            (.mfaNotInitiated, "mfa_not_initiated", 400), (.unknownProvider, "unknown_provider", 404),
            (.invalidRedirect, "invalid_redirect", 400), (.oauthProviderError, "oauth_provider_error", 400),
            (.oauthMissingParameters, "oauth_missing_params", 400), (.oauthStateInvalid, "oauth_state_invalid", 400),
            (.oauthStateExpired, "oauth_state_expired", 400),
            (.oauthStateProviderMismatch, "oauth_state_provider_mismatch", 400),
            (.oauthExchangeFailed, "oauth_exchange_failed", 400), (.oauthUserInfoFailed, "oauth_user_info_failed", 400),
            (.oauthNoEmail, "oauth_no_email", 400), (.oauthNoUserID, "oauth_no_user_id", 400),
            (.userCreationFailed, "user_creation_failed", 500),
        ]
        for (code, name, status) in codes {
            #expect(code.name == name)
            #expect(code.status == status, "\(name)")
        }
    }
}
