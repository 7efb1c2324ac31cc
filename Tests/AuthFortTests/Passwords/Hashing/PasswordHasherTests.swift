import Testing

@testable import AuthFort

@Suite struct PasswordHasherTests {
    /// The smallest parameters that libargon2 accepts with one lane.
    private static var cheap: PasswordHashingParameters {
        var parameters = PasswordHashingParameters()
        parameters.memoryKiB = 8
        parameters.passes = 1
        parameters.parallelism = 1
        return parameters
    }

    /// Hashes that argon2-cffi 25.1 made, with fixed salts.
    struct Known: Sendable {
        let password: String
        let hash: String
    }

    static let known = [
        Known(
            password: "password",
            hash: "$argon2id$v=19$m=64,t=2,p=2$c2FsdHNhbHRzYWx0c2FsdA$MTk3uF0ASN8bPjzWOEqSyxwROScUuU0+ShGyQuHn3pU"
        ),
        Known(
            password: "password",
            hash: "$argon2i$v=19$m=64,t=2,p=2$c2FsdHNhbHRzYWx0c2FsdA$MA/e0o/dq9Q/NG3lCZc1jvi52oDgoBHmr9bc9hirGVY"
        ),
        Known(
            password: "password",
            hash: "$argon2d$v=19$m=64,t=2,p=2$c2FsdHNhbHRzYWx0c2FsdA$kkWqJ0t0QlmifkSN59wa8dH9WaXnSRqHaumGbUmQsqU"
        ),
        Known(
            password: "password",
            hash: "$argon2id$v=16$m=64,t=2,p=2$c2FsdHNhbHRzYWx0c2FsdA$gAOOvGQNO0nzwseKoPT0r9OIejZiWCabc8ZEsVSXZfE"
        ),
        Known(
            password: "password",
            hash: "$argon2id$m=64,t=2,p=2$c2FsdHNhbHRzYWx0c2FsdA$gAOOvGQNO0nzwseKoPT0r9OIejZiWCabc8ZEsVSXZfE"
        ),
        Known(
            password: "password",
            hash: "$argon2id$v=19$m=256,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$fwfGb+vIubWfuLB9/YzfZTInF3Z4Ua2Wgy1Elio7Ys0"
        ),
        Known(password: "password", hash: "$argon2id$v=19$m=16,t=1,p=1$c2FsdHNhbHQ$mLQ1JoIER+2lxMaSesjqeQ"),
        Known(
            password: "",
            hash: "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$aqV6uW5KU3/FFV22qaWtmxFFddvWB7lvEWgNLcYCZyM"
        ),
        Known(
            password: "pässwörd \u{1F511} \u{130}",
            hash: "$argon2id$v=19$m=16,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$FXCHlqNzFG4wYnQO50xTZ26QaFg80KTY2m4keJRUZQk"
        ),
        Known(
            password: "pass\0word",
            hash: "$argon2id$v=19$m=16,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$XrNKysowvHIqpAHNw+hhab3qc/D8vbP/qnW5vh+wRUY"
        ),
        Known(
            password: String(repeating: "x", count: 5000),
            hash: "$argon2id$v=19$m=16,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$PPONw5gYlmWNefXiRZbCadjV1LG6H5JQigrEm0ujyWk"
        ),
        Known(
            password: "correct horse battery staple",
            hash: "$argon2id$v=19$m=65536,t=3,p=4$zwnad89HlJwAiOUwKCqJFg$GWFc9h6KXThtw6CGJnQLKpzxeKxVHsHd97FCo/heRuQ"
        ),
    ]

    @Test(arguments: known)
    func hashesOfArgon2CffiAreVerified(_ known: Known) async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap, threads: 1)
        #expect(try await hasher.verify(known.password, against: known.hash))
        #expect(try await !hasher.verify(known.password + "x", against: known.hash))
        await hasher.shutdown()
    }

    @Test func theLabelOfTheVariantDecides() async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap, threads: 1)
        let relabelled = Self.known[0].hash.replacing("argon2id", with: "argon2i")
        #expect(try await !hasher.verify("password", against: relabelled))
        await hasher.shutdown()
    }

    @Test func aNewHashHasTheParametersAndVerifies() async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap, threads: 1)
        let stored = try await hasher.hash("correct horse")
        #expect(stored.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
        #expect(try await hasher.verify("correct horse", against: stored))
        #expect(try await !hasher.verify("Correct horse", against: stored))
        #expect(!hasher.needsRehash(stored))
        await hasher.shutdown()
    }

    @Test func theDefaultHashHasTheFormOfThePythonLibrary() async throws {
        let hasher = try PasswordHasher()
        let stored = try await hasher.hash("correct horse")
        let form = /\$argon2id\$v=19\$m=65536,t=3,p=4\$[A-Za-z0-9+\/]{22}\$[A-Za-z0-9+\/]{43}/
        #expect(stored.wholeMatch(of: form) != nil)
        #expect(stored.utf8.count == 97)
        #expect(try await hasher.verify("correct horse", against: stored))
        await hasher.shutdown()
    }

    @Test func equalPasswordsHaveDifferentHashes() async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap, threads: 1)
        let first = try await hasher.hash("correct horse")
        let second = try await hasher.hash("correct horse")
        #expect(first != second)
        await hasher.shutdown()
    }

    /// Canonically equivalent texts are different passwords, as for the Python library.
    @Test func passwordsAreNotNormalised() async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap, threads: 1)
        let stored = try await hasher.hash("caf\u{e9}")
        #expect(try await !hasher.verify("cafe\u{301}", against: stored))
        await hasher.shutdown()
    }

    @Test(arguments: [
        "", "correct horse", "!", "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW",
        "$argon2id$v=19$m=4294967295,t=4294967295,p=1$c2FsdHNhbHRzYWx0c2FsdA$MTk3uF0ASN8bPjzWOEqSyxwROScUuU0",
        "$argon2id$v=19$m=64,t=2,p=2$c2FsdHNhbHRzYWx0c2FsdA$",
    ])
    func anUnusableStoredTextMatchesNothing(_ stored: String) async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap, threads: 1)
        #expect(try await !hasher.verify("correct horse", against: stored))
        #expect(hasher.needsRehash(stored))
        // The time of a comparison was taken: a thread was started for it.
        #expect(hasher.threadCount == 1)
        await hasher.shutdown()
    }

    @Test func aDummyVerificationUsesAThread() async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap, threads: 1)
        #expect(hasher.threadCount == 0)
        try await hasher.verifyDummy("correct horse")
        #expect(hasher.threadCount == 1)
        await hasher.shutdown()
    }

    @Test func aHashOfOtherParametersNeedsARehash() async throws {
        let current = try PasswordHasher(parameters: Self.cheap, threads: 1)
        let changes: [WritableKeyPath<PasswordHashingParameters, Int>: Int] = [
            \.memoryKiB: 16, \.passes: 2, \.tagBytes: 16, \.saltBytes: 8,
        ]
        for (parameter, value) in changes {
            var parameters = Self.cheap
            parameters[keyPath: parameter] = value
            let other = try PasswordHasher(parameters: parameters, threads: 1)
            let stored = try await other.hash("correct horse")
            #expect(current.needsRehash(stored))
            #expect(!other.needsRehash(stored))
            #expect(try await current.verify("correct horse", against: stored))
            await other.shutdown()
        }
        for known in Self.known.prefix(6) { #expect(current.needsRehash(known.hash)) }
        await current.shutdown()
    }

    @Test func invalidParametersMakeNoHasher() {
        var parameters = PasswordHashingParameters()
        parameters.memoryKiB = 1
        #expect(throws: ConfigurationError.self) { try PasswordHasher(parameters: parameters) }
    }

    @Test func manyPasswordsAtOnceNeedNoMoreThanTheThreads() async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap, threads: 3)
        let matches = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<60 {
                group.addTask {
                    let stored = try await hasher.hash("password \(number)")
                    return try await hasher.verify("password \(number)", against: stored)
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(matches == 60)
        #expect((1...3).contains(hasher.threadCount))
        await hasher.shutdown()
        #expect(hasher.threadCount == 0)
    }

    @Test func afterShutdownNothingIsHashed() async throws {
        let hasher = try PasswordHasher(parameters: Self.cheap, threads: 1)
        _ = try await hasher.hash("correct horse")
        await hasher.shutdown()
        await hasher.shutdown()
        await #expect(throws: PasswordHashingError.shutDown) { try await hasher.hash("correct horse") }
        await #expect(throws: PasswordHashingError.shutDown) { try await hasher.verify("x", against: "y") }
    }
}
