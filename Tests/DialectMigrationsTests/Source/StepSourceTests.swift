import DialectCore
import DialectMigrations
import Testing

@Suite struct StepSourceTests {
    @Test func anEmptyStepIsReadable() {
        let source = StepSource(revision: "3f2a", parents: ["001"], summary: "add phone numbers")
        #expect(source.fileName == "AddPhoneNumbers.swift")
        #expect(
            source.text == """
                import DialectCore

                /// Add phone numbers.
                struct AddPhoneNumbers: MigrationStep {
                    let revision: Revision = "3f2a"
                    let parents: [Revision] = ["001"]
                    let summary = "add phone numbers"

                    var upgrade: [MigrationOperation] { [] }

                    var downgrade: [MigrationOperation] { [] }
                }

                """
        )
    }

    @Test func whatFitsStaysOnItsLine() {
        let column = Column("phone_number", .string(length: 50), nullable: true)
        let text = StepSource(revision: "1", parents: [], summary: "x", upgrade: [.addColumn(column, to: "users")]).text
        #expect(
            text.contains(
                """
                    var upgrade: [MigrationOperation] {
                        [.addColumn(Column("phone_number", .string(length: 50), nullable: true), to: "users")]
                    }
                """
            )
        )
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 })
        let short = StepSource(revision: "1", parents: [], summary: "x", upgrade: [.dropTable("users")]).text
        #expect(short.contains("    var upgrade: [MigrationOperation] { [.dropTable(\"users\")] }\n"))
    }

    @Test func textOfTheDatabaseCannotBecomeCode() {
        let name = "a\"b\\(1)\nc\u{202E}"
        let text = StepSource(revision: "1", parents: [], summary: "x", upgrade: [.dropTable(Identifier(name))]).text
        #expect(text.contains(#"[.dropTable("a\"b\\(1)\nc\u{202e}")]"#))
        let step = StepSource(revision: "1", parents: [], summary: "one\nimport Evil").text
        #expect(step.contains("/// One import Evil.\nstruct OneImportEvil: MigrationStep {"))
    }

    @Test(arguments: [
        ("add e-mail addresses", "AddEMailAddresses"), ("2 tables", "Step12Tables"), ("…", "Step1"), ("naïve", "NaVe"),
    ])
    func aTypeIsNamedAfterTheSummary(_ summary: String, _ name: String) {
        #expect(StepSource(revision: "1", parents: [], summary: summary).typeName == name)
    }

    @Test func headsAreMergedIntoOneStep() throws {
        let source = try #require(StepSource(merging: try MigrationChain.branched().graph, revision: "m"))
        #expect(source.text.contains(#"let parents: [Revision] = ["b2", "c"]"#))
        #expect(source.text.contains(#"let summary = "merge b2 and c""#))
        #expect(StepSource(merging: try MigrationChain.linear().graph) == nil)
    }

    @Test func newRevisionsAreTwelveDigitsAndDiffer() {
        let revisions = (0..<100).map { _ in Revision.random() }
        #expect(Set(revisions).count == 100)
        #expect(revisions.allSatisfy { $0.text.count == 12 && $0.text.allSatisfy(\.isHexDigit) })
    }
}
