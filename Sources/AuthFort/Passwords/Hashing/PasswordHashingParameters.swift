/// What an Argon2id hash costs, and how long its parts are (RFC 9106).
///
/// The defaults are those of argon2-cffi, which the Python library uses: 64 MiB, 3 passes, 4 lanes. They are also the
/// second recommended choice of RFC 9106 section 4. More than 2 GiB of memory, or 8 GiB written in all passes, is
/// refused, here as well as in stored hashes.
public struct PasswordHashingParameters: Sendable, Hashable {
    /// The memory that a hash is computed in, in KiB.
    ///
    /// At least 8 for each lane; default 65,536 (64 MiB).
    public var memoryKiB = 65_536
    /// How many times the memory is passed over; default 3.
    public var passes = 3
    /// How many lanes the memory is divided into; default 4.
    ///
    /// It is a parameter of the result, not of the computation: one hash always runs on one thread, so that the number
    /// of hashing threads bounds the processor time that sign-ins can take.
    public var parallelism = 4
    /// The length of the hash itself, 16 to 64 bytes; default 32.
    public var tagBytes = 32
    /// The length of the random salt, 8 to 64 bytes; default 16.
    public var saltBytes = 16

    /// Makes the defaults.
    public init() {}

    /// Checks every parameter.
    ///
    /// An encoded hash of valid parameters has at most 217 characters and so always fits its column, which has 255.
    func validate() throws(ConfigurationError) {
        let option = "passwords.hashing"
        try ConfigurationRule.count(passes, atLeast: 1, "\(option).passes")
        try ConfigurationRule.count(parallelism, atLeast: 1, "\(option).parallelism")
        try ConfigurationRule.count(tagBytes, in: 16...64, "\(option).tagBytes")
        try ConfigurationRule.count(saltBytes, in: 8...64, "\(option).saltBytes")
        guard Argon2Limits.allowMemory(memoryKiB, parallelism: parallelism) else {
            throw ConfigurationError(
                option: "\(option).memoryKiB",
                problem: """
                    must be at least 8 for each of the \(parallelism) lanes and at most \
                    \(Argon2Limits.maximumMemoryKiB), got \(memoryKiB)
                    """
            )
        }
        guard Argon2Limits.allowWork(memoryKiB: memoryKiB, passes: passes) else {
            throw ConfigurationError(
                option: "\(option).passes",
                problem: """
                    must be at most \(Argon2Limits.maximumWorkKiB / memoryKiB) with \(memoryKiB) KiB of memory, \
                    got \(passes)
                    """
            )
        }
    }
}
