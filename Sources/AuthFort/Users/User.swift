public import DialectCore

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A person who has an account here.
public struct User: Sendable, Hashable, Identifiable {
    /// The user's identity, which never changes.
    public let id: UUID
    /// The normalised address, in lower case.
    public var email: String
    /// Whether the user has proved to receive mail at the address.
    public var isEmailVerified: Bool
    /// The name to show, already escaped for HTML.
    public var name: String?
    /// An http or https URL of a picture.
    public var avatarURL: String?
    /// A phone number as it was given.
    public var phone: String?
    /// Whether the user may not sign in.
    public var isBanned: Bool
    /// Whether the account was deleted and made anonymous.
    public var isDeleted: Bool
    /// When the account was deleted.
    public var deletedAt: Timestamp?
    /// The user's roles, sorted.
    public var roles: [String]
    /// When the account was made.
    public var createdAt: Timestamp
}
