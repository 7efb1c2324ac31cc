// The errors whose message is fixed. Clients show these sentences, so their text is part of the wire format.

// What users tell about themselves.
extension AuthError {
    static let invalidEmail = Self(.invalidEmail, "Invalid email address")
    static let emailTooLong = Self(.invalidEmail, "Email address is too long")
    static let nameTooLong = Self(.invalidName, "Name must be 255 characters or fewer")
    static let phoneInvalid = Self(.invalidPhone, "Phone number contains invalid characters")
    static let phoneTooLong = Self(.invalidPhone, "Phone number must be 50 characters or fewer")
    static let avatarURLTooLong = Self(.invalidAvatarURL, "Avatar URL is too long")
    static let avatarURLInvalid = Self(.invalidAvatarURL, "Avatar URL must be a valid http or https URL")
}

// Passwords.
extension AuthError {
    static func passwordTooShort(minimum: Int) -> Self {
        Self(.passwordTooShort, "Password must be at least \(minimum) characters")
    }
    static func passwordTooLong(maximumBytes: Int) -> Self {
        Self(.passwordTooLong, "Password must be at most \(maximumBytes) bytes")
    }
    static let passwordPwned = Self(
        .passwordPwned,
        "This password has appeared in known data breaches. Please choose a different one."
    )
    static let noPasswordAtLogin = Self(
        .noPassword,
        "This account uses passwordless login. You can set a password via forgot-password or set-password."
    )
    static func oauthAccount(providers: [String]) -> Self {
        Self(.oauthAccount, "This account uses social login", providers: providers)
    }
}

// Users.
extension AuthError {
    static let userExists = Self(.userExists, "Email already registered")
    static let invalidCredentials = Self(.invalidCredentials, "Invalid email or password")
    static let userBanned = Self(.userBanned, "This account has been banned")
    static let userNotFound = Self(.userNotFound, "User not found")
}
