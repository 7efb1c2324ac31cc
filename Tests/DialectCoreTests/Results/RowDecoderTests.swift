import DialectCore
import Foundation
import Testing

@Suite struct RowDecoderTests {
    private enum Role: String, Decodable { case admin }
    private struct Address: Decodable, Equatable { var city: String }
    private struct User: Decodable {
        var a: UUID
        var b: String
        var c: Bool
        var d: Date
        var e: Role
        var f: [String]
        var g: Address?
        var h: Int?
        var absent: String?
        var i: URL
        var j: Data
        var k: Decimal
        var l: [String: Int]
    }

    private let identity = UUID()

    private func user(role: SQLValue = .text("admin"), address: SQLValue = .json(#"{"city":"Bern"}"#)) throws -> Row {
        try row(
            .text(identity.hexadecimal),
            .text("x"),
            .integer(1),
            .text("1970-01-01 00:00:01.000000"),
            role,
            .text(#"["p","q"]"#),
            address,
            .null,
            .text("https://example.org/"),
            .bytes([7]),
            .text("1.50"),
            .json(#"{"n":1}"#)
        )
    }

    @Test func propertiesAreReadByName() throws {
        let user = try user().decode(User.self)
        #expect(user.a == identity && user.b == "x" && user.c)
        #expect(user.d == Date(timeIntervalSince1970: 1))
        #expect(user.e == .admin && user.f == ["p", "q"] && user.g == Address(city: "Bern"))
        #expect(user.h == nil && user.absent == nil)
        #expect(user.i.absoluteString == "https://example.org/" && user.j == Data([7]))
        #expect(user.k == Decimal(string: "1.5") && user.l == ["n": 1])
    }

    @Test func aNullIsNilForAnOptional() throws {
        #expect(try user(address: .null).decode(User.self).g == nil)
    }

    @Test func whatDoesNotFitIsADatabaseError() throws {
        let unknownRole = try user(role: .text("owner"))
        let brokenAddress = try user(address: .text("{"))
        let null = try user(role: .null)
        let short = try row(.text("x"))
        for row in [unknownRole, brokenAddress, null, short] {
            let error = try #require(throws: DatabaseError.self) { _ = try row.decode(User.self) }
            #expect(error.code == .decodingFailed)
            #expect(!error.description.contains("owner"))
        }
    }

    @Test func oneColumnDecodesIntoOneValue() throws {
        #expect(try row(.text("admin")).decode(Role.self) == .admin)
        let two = try row(.text("admin"), .text("admin"))
        let error = try #require(throws: DatabaseError.self) { _ = try two.decode(Role.self) }
        #expect(error.code == .decodingFailed)
    }
}
