import Testing

@testable import AuthFort

@Suite struct Argon2HashTests {
    private static let salt = "c2FsdHNhbHRzYWx0c2FsdA"
    private static let tag = "MTk3uF0ASN8bPjzWOEqSyxwROScUuU0+ShGyQuHn3pU"

    @Test(arguments: [
        "$argon2id$v=19$m=64,t=2,p=2$\(salt)$\(tag)",
        "$argon2i$v=16$m=65536,t=3,p=4$\(salt)$\(tag)",
        "$argon2d$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$mLQ1Jg",
        "$argon2id$v=19$m=2097152,t=4,p=262144$\(salt)$\(tag)",
    ])
    func aHashIsWrittenAsItWasRead(_ text: String) throws {
        #expect(try #require(Argon2Hash(text)).encoded == text)
    }

    @Test func theFieldsAreRead() throws {
        let hash = try #require(Argon2Hash("$argon2id$v=19$m=64,t=3,p=2$\(Self.salt)$\(Self.tag)"))
        #expect(hash.variant == .argon2id && hash.version == .v13)
        #expect(hash.memoryKiB == 64 && hash.passes == 3 && hash.parallelism == 2)
        #expect(hash.salt == Array("saltsaltsaltsalt".utf8))
        #expect(hash.tag.count == 32)
    }

    @Test func aHashWithoutVersionIsOfVersionOne() throws {
        #expect(try #require(Argon2Hash("$argon2id$m=64,t=2,p=2$\(Self.salt)$\(Self.tag)")).version == .v10)
    }

    @Test(arguments: [
        "", "$", "password", "plain:secret", "argon2id$v=19$m=64,t=2,p=2$\(salt)$\(tag)",
        "x$argon2id$v=19$m=64,t=2,p=2$\(salt)$\(tag)",
        "$argon2$v=19$m=64,t=2,p=2$\(salt)$\(tag)", "$ARGON2ID$v=19$m=64,t=2,p=2$\(salt)$\(tag)",
        "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW",
        "$pbkdf2-sha256$29000$N2YMIWQsBWBMae09x1jrPQ$1t8iyB2A.WF/Z5JZv.lfCIhXXN33N23OSgQYThBYRfk",
        "$argon2id$v=18$m=64,t=2,p=2$\(salt)$\(tag)", "$argon2id$v=4294967315$m=64,t=2,p=2$\(salt)$\(tag)",
        "$argon2id$v=19$m=64,t=2$\(salt)$\(tag)", "$argon2id$v=19$t=2,m=64,p=2$\(salt)$\(tag)",
        "$argon2id$v=19$m=64,t=2,p=2,keyid=AA$\(salt)$\(tag)",
        "$argon2id$v=19$m=064,t=2,p=2$\(salt)$\(tag)", "$argon2id$v=19$m=+64,t=2,p=2$\(salt)$\(tag)",
        "$argon2id$v=19$m=-64,t=2,p=2$\(salt)$\(tag)", "$argon2id$v=19$m=,t=2,p=2$\(salt)$\(tag)",
        "$argon2id$v=19$m=64 ,t=2,p=2$\(salt)$\(tag)",
        "$argon2id$v=19$m=64,t=0,p=2$\(salt)$\(tag)", "$argon2id$v=19$m=64,t=2,p=0$\(salt)$\(tag)",
        "$argon2id$v=19$m=64,t=2,p=9$\(salt)$\(tag)",
        "$argon2id$v=19$m=64,t=2,p=2$\(salt)", "$argon2id$v=19$m=64,t=2,p=2$\(salt)$\(tag)$",
        "$argon2id$v=19$m=64,t=2,p=2$$\(tag)", "$argon2id$v=19$m=64,t=2,p=2$\(salt)$",
        "$argon2id$v=19$m=64,t=2,p=2$c2FsdA$\(tag)", "$argon2id$v=19$m=64,t=2,p=2$\(salt)==$\(tag)",
        "$argon2id$v=19$m=64,t=2,p=2$\(salt.dropLast())B$\(tag)", "$argon2id$v=19$m=64,t=2,p=2$\(salt)$\(tag)\n",
        "$argon2id$v=19$m=64,t=2,p=2$\(salt)$not*base64", "$argon2id$v=19$m=64,t=2,p=2$\(salt)$\(tag) ",
        "$argon2id$v=19$m=64,t=2,p=2$\(salt)$\(tag.replacing("+", with: "-"))",
        "$argon2id$v=19$m=64,t=2,p=2$\(salt)$\(String(repeating: "A", count: 600))",
    ])
    func anythingElseIsNoHash(_ text: String) {
        #expect(Argon2Hash(text) == nil)
    }

    @Test(arguments: [
        "m=2097153,t=1,p=1", "m=4294967295,t=1,p=1", "m=2097152,t=5,p=1", "m=64,t=4294967295,p=1", "m=65536,t=129,p=4",
    ])
    func absurdCostsAreNoHash(_ costs: String) {
        #expect(Argon2Hash("$argon2id$v=19$\(costs)$\(Self.salt)$\(Self.tag)") == nil)
    }
}
