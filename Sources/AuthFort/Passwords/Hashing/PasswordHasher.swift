internal import FoundationEssentials

/// Hashes and compares passwords with Argon2, on threads of its own.
///
/// New hashes are Argon2id, version 1.3. Stored ones may also be Argon2i or Argon2d, and of version 1.0; the parameters
/// inside the stored text decide. At most `threads` hashes are computed at once, each on one thread.
final class PasswordHasher: Sendable {
    /// The parameters of new hashes.
    let parameters: PasswordHashingParameters
    private let threads: WorkerThreads

    /// Makes a hasher.
    ///
    /// No thread starts before the first password.
    ///
    /// - Parameters:
    ///   - parameters: What a new hash costs.
    ///   - threads: How many hashes are computed at once, at least 1. Nil means one for each processor core.
    /// - Throws: A `ConfigurationError` when the parameters are not valid.
    init(
        parameters: PasswordHashingParameters = PasswordHashingParameters(),
        threads: Int? = nil
    ) throws(ConfigurationError) {
        try parameters.validate()
        self.parameters = parameters
        self.threads = WorkerThreads(count: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    }

    /// The text to store for a new password.
    ///
    /// The password's length is for `PasswordPolicy` to judge.
    func hash(_ password: String) async throws(PasswordHashingError) -> String {
        let fresh = freshHash()
        return try await run { () throws(Argon2.Failure) in
            var hash = fresh
            try Argon2.fill(&hash, from: password)
            return hash.encoded
        }
    }

    /// Whether a password is the one that was stored.
    ///
    /// A stored text that is damaged, of another format, or beyond `Argon2Limits` matches no password. Finding that out
    /// takes as long as a wrong password does.
    func verify(_ password: String, against stored: String) async throws(PasswordHashingError) -> Bool {
        guard let hash = Argon2Hash(stored) else {
            try await verifyDummy(password)
            return false
        }
        return try await run { () throws(Argon2.Failure) in try Argon2.verify(password, against: hash) }
    }

    /// Takes the time of a comparison with a hash of the current parameters.
    ///
    /// Called where there is no stored password, so that the time does not tell which accounts exist.
    func verifyDummy(_ password: String) async throws(PasswordHashingError) {
        let fresh = freshHash()
        _ = try await run { () throws(Argon2.Failure) in try Argon2.verify(password, against: fresh) }
    }

    /// Whether a stored text should be replaced at the next sign-in, because a new hash would be made otherwise.
    func needsRehash(_ stored: String) -> Bool {
        guard let hash = Argon2Hash(stored) else { return true }
        return hash.variant != .argon2id || hash.version != .v13 || hash.memoryKiB != parameters.memoryKiB
            || hash.passes != parameters.passes || hash.parallelism != parameters.parallelism
            || hash.salt.count != parameters.saltBytes || hash.tag.count != parameters.tagBytes
    }

    /// Threads that exist now.
    var threadCount: Int { threads.threadCount }

    /// Refuses waiting and further work, and returns when all threads have ended.
    ///
    /// May be called again.
    func shutdown() async {
        await threads.shutdown()
    }

    /// The current parameters, a random salt, and zeros for the tag.
    private func freshHash() -> Argon2Hash {
        Argon2Hash(
            variant: .argon2id,
            version: .v13,
            memoryKiB: parameters.memoryKiB,
            passes: parameters.passes,
            parallelism: parameters.parallelism,
            salt: (0..<parameters.saltBytes).map { _ in UInt8.random(in: .min ... .max) },
            tag: [UInt8](repeating: 0, count: parameters.tagBytes)
        )
    }

    private func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(Argon2.Failure) -> Value
    ) async throws(PasswordHashingError) -> Value {
        let result: Result<Value, Argon2.Failure>
        do {
            result = try await threads.run { Result(catching: work) }
        } catch {
            switch error {
            case .cancelled: throw .cancelled
            case .shutDown: throw .shutDown
            case .noThread: throw .outOfResources
            }
        }
        switch result {
        case .success(let value): return value
        case .failure(let failure):
            throw failure.isOutOfMemory ? .outOfResources : .refused(code: failure.code)
        }
    }
}
