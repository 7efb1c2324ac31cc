/// Why a password could not be hashed or compared.
///
/// A wrong password or an unusable stored hash is not among it.
enum PasswordHashingError: Error, Hashable, CustomStringConvertible {
    /// The task was cancelled while it waited for a thread.
    case cancelled
    /// The hasher was shut down.
    case shutDown
    /// The operating system gives no thread, or not the memory that the parameters ask for.
    case outOfResources
    /// libargon2 refused with this number of its own.
    case refused(code: Int32)

    var description: String {
        switch self {
        case .cancelled: "the task was cancelled before the password was hashed"
        case .shutDown: "the password hasher is shut down; nothing can be hashed any more"
        case .outOfResources:
            "no memory or thread for hashing a password; lower passwords.hashing.memoryKiB or passwords.hashingThreads"
        case .refused(let code): "libargon2 refused to hash a password (error \(code))"
        }
    }
}
