import DialectCore
import Testing

@Suite struct RandomURLTests {
    /// No piece that the fuzzer adds contains it, and no message does.
    private let marker = "Q7xWv9Kz"

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func aMutatedURLNeverTrapsAndNeverShowsItsPassword(seed: UInt64) {
        var generator = URLPieceGenerator(seed: seed)
        var accepted = 0
        for round in 0..<4_000 {
            let text = mutatedURL(using: &generator)
            let shown: [String]
            do throws(DatabaseError) {
                let url = try DatabaseURL(text)
                accepted += 1
                shown = everyWayToShow(url)
                let again = try? DatabaseURL(url.text(revealingPassword: true))
                #expect(again == url, "seed \(seed), round \(round): \(text.debugDescription)")
            } catch {
                #expect(error.code == .invalidURL)
                #expect(error.message.hasPrefix("the URL's "))
                shown = everyWayToShow(error)
            }
            #expect(!shown.contains { $0.contains(marker) }, "seed \(seed), round \(round): \(text.debugDescription)")
        }
        // Both outcomes are met, or the loop proves little.
        #expect((200...3_800).contains(accepted))
    }

    @Test(arguments: [1, 2] as [UInt64])
    func arbitraryTextNeverTraps(seed: UInt64) {
        var generator = URLPieceGenerator(seed: seed)
        for _ in 0..<5_000 {
            let text = Bool.random(using: &generator) ? generator.pieces(upTo: 12) : generator.text(upTo: 20)
            do throws(DatabaseError) {
                let url = try DatabaseURL("db://" + text)
                let again = try? DatabaseURL(url.text(revealingPassword: true))
                #expect(again == url, "seed \(seed): \(text.debugDescription)")
            } catch {
                #expect(error.code == .invalidURL)
            }
        }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func arbitraryPartsSurviveTheRoundTrip(seed: UInt64) throws {
        var generator = URLPieceGenerator(seed: seed)
        for _ in 0..<2_000 {
            let url = try DatabaseURL(
                scheme: "db",
                user: generator.text(upTo: 10),
                password: Secret(generator.text(upTo: 10)),
                hosts: [.init("h" + generator.text(upTo: 5), port: Int.random(in: 1...65535, using: &generator))],
                database: generator.text(upTo: 10),
                query: ["n" + generator.text(upTo: 4): generator.text(upTo: 10), "a": generator.text(upTo: 4)]
            )
            let parsed = try DatabaseURL(url.text(revealingPassword: true))
            #expect(parsed == url, "seed \(seed)")
            #expect(scalars(parsed.user) == scalars(url.user))
            #expect(parsed.password == url.password)
            #expect(scalars(parsed.host) == scalars(url.host))
            #expect(parsed.port == url.port)
            #expect(scalars(parsed.database) == scalars(url.database))
            #expect(parsed.query == url.query)
        }
    }

    /// A URL in whose every part something may be wrong, but in which the marker is within a password: a `:` comes
    /// before it and an `@` after it.
    private func mutatedURL(using generator: inout URLPieceGenerator) -> String {
        let hasBadStart = Int.random(in: 0..<8, using: &generator) == 0
        let start = hasBadStart ? generator.pieces(upTo: 4) : "db://"
        let user = generator.pieces(upTo: 2)
        // After a bad start the password begins with the marker, or its `:` could be taken for that of a `://`.
        let password = (hasBadStart ? "" : generator.pieces(upTo: 2)) + marker + generator.pieces(upTo: 2)
        let hosts = Bool.random(using: &generator) ? "host" : generator.pieces(upTo: 4)
        let rest = Bool.random(using: &generator) ? "/db" : generator.pieces(upTo: 5)
        return start + user + ":" + password + "@" + hosts + rest
    }

    private func scalars(_ text: String?) -> [Unicode.Scalar]? {
        text.map { Array($0.unicodeScalars) }
    }
}
