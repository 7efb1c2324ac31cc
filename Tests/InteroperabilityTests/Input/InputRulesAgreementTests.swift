import TestSupport
import Testing

@testable import AuthFort

/// Both libraries share one database, so both must make the same thing of what a person types.
@Suite(.enabled(if: PythonInterpreter.isAvailable, "needs the Python library"))
struct InputRulesAgreementTests {
    @Test func emailAddressesGetTheSameForm() async throws {
        var generator = InputGenerator(seed: 1)
        try await expectAgreement(on: (0..<12_000).map { _ in InputCase(rule: .email, text: generator.email()) })
    }

    @Test func namesAndPhoneNumbersWithMarkupGetTheSameForm() async throws {
        var generator = InputGenerator(seed: 1)
        try await expectAgreement(
            on: (0..<8000).map { InputCase(rule: $0.isMultiple(of: 8) ? .phone : .name, text: generator.name()) }
        )
    }

    @Test func phoneNumbersGetTheSameForm() async throws {
        var generator = InputGenerator(seed: 1)
        try await expectAgreement(on: (0..<2000).map { _ in InputCase(rule: .phone, text: generator.phone()) })
    }

    @Test func avatarURLsGetTheSameForm() async throws {
        var generator = InputGenerator(seed: 1)
        try await expectAgreement(on: (0..<4000).map { _ in InputCase(rule: .avatar, text: generator.avatar()) })
    }

    @Test func elementsGoWithOrWithoutTheirText() async throws {
        let others = [
            "a", "b", "div", "font", "span", "title", "clippath", "foo", "script", "style", "template", "mark",
        ]
        try await expectAgreement(
            on: (MarkupElement.foreignNames.sorted() + others).flatMap { name in
                [
                    InputCase(rule: .name, text: "a<\(name)>b</\(name)>c"),
                    InputCase(rule: .name, text: "a<svg>b<\(name.uppercased())>c</\(name.uppercased())>d</svg>e"),
                ]
            }
        )
    }

    /// All characters of the alphabets, and some of each of the large blocks behind them.
    @Test func charactersAreJudgedAlike() async throws {
        let values = Array(UInt32(0)..<0x3000) + stride(from: 0x3000, to: 0x10000, by: 17)
        let characters = values.compactMap(Unicode.Scalar.init).filter { scalar in
            scalar.properties.age.map { $0.major <= 12 } == true
        }
        try await expectAgreement(
            on: characters.flatMap { scalar in
                [
                    InputCase(rule: .email, text: "a\(scalar)b@example.com"),
                    InputCase(rule: .name, text: "a\(scalar)b"),
                ]
            }
        )
    }

    @Test func knownDifferencesAreStillThere() async throws {
        let differences = KnownDifference.all
        let answers = try await PythonRules.outcomes(of: differences.map { InputCase(rule: $0.rule, text: $0.text) })
        for (difference, answer) in zip(differences, answers) {
            #expect(difference.rule.outcome(of: difference.text) == difference.outcome, "\(difference.reason)")
            if let expected = difference.pythonOutcome {
                #expect(answer == expected, "\(difference.reason)")
            }
        }
    }

    /// Reports each text on which the libraries differ, the first ones in full.
    private func expectAgreement(
        on cases: [InputCase],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let answers = try await PythonRules.outcomes(of: cases)
        let differences = zip(cases, answers).compactMap { input, answer -> String? in
            let outcome = input.rule.outcome(of: input.text)
            guard outcome != answer else { return nil }
            let lines = ["\(input.rule) \"\(spelling(input.text))\"", "    here: \(outcome)", "    there: \(answer)"]
            return lines.map { String($0.prefix(400)) }.joined(separator: "\n")
        }
        if !differences.isEmpty {
            let report = differences.prefix(20).joined(separator: "\n")
            Issue.record("\(differences.count) of \(cases.count) differ:\n\(report)", sourceLocation: sourceLocation)
        }
        // A generator of which one library or the other refuses everything proves nothing.
        #expect(answers.contains { $0.hasPrefix("\"") }, "nothing is accepted", sourceLocation: sourceLocation)
    }
}
