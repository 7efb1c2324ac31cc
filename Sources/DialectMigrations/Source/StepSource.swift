public import DialectCore

/// The Swift source of a new migration step.
///
/// What a tool wrote is a beginning: it is read, corrected and completed by people, who know what a difference cannot
/// tell, such as that a column was renamed.
public struct StepSource: Sendable, Hashable {
    /// The step's revision.
    public let revision: Revision
    /// The step's type, named after its summary.
    public let typeName: String
    /// The text of the file.
    public let text: String

    /// The name of the file.
    public var fileName: String { "\(typeName).swift" }

    /// Writes a step.
    ///
    /// - Parameters:
    ///   - revision: The step's revision; by default a new one.
    ///   - parents: The revisions that it follows.
    ///   - summary: What it does, in a few words.
    ///   - upgrade: What leads from the parents to it.
    ///   - downgrade: What leads back.
    public init(
        revision: Revision = .random(),
        parents: [Revision],
        summary: String,
        upgrade: [SchemaOperation] = [],
        downgrade: [SchemaOperation] = []
    ) {
        self.revision = revision
        typeName = Self.typeName(for: summary, revision)
        let words = summary.split(whereSeparator: \.isNewline).joined(separator: " ")
        let parentList = SwiftExpression.array(parents.map { .string($0.text) })
        text = """
            import DialectCore

            /// \(Self.sentence(words))
            struct \(typeName): MigrationStep {
                let revision: Revision = \(SwiftExpression.string(revision.text).text(indentation: 4))
                let parents: [Revision] = \(parentList.text(indentation: 4, before: 30))
                let summary = \(SwiftExpression.string(words).text(indentation: 4))

            \(Self.property("upgrade", upgrade))

            \(Self.property("downgrade", downgrade))
            }

            """
    }

    /// Writes a step that does what a difference found.
    public init(
        revision: Revision = .random(),
        parents: [Revision],
        summary: String,
        _ difference: SchemaDifference
    ) {
        self.init(
            revision: revision,
            parents: parents,
            summary: summary,
            upgrade: difference.operations,
            downgrade: difference.reverseOperations
        )
    }

    /// Writes a step that joins every head of a graph, or returns nil when there is nothing to join.
    public init?(merging graph: RevisionGraph, revision: Revision = .random(), summary: String? = nil) {
        guard graph.heads.count > 1 else { return nil }
        let names = graph.heads.map(\.text).joined(separator: " and ")
        self.init(revision: revision, parents: graph.heads, summary: summary ?? "merge \(names)")
    }

    private static func property(_ name: String, _ operations: [SchemaOperation]) -> String {
        let start = "    var \(name): [MigrationOperation] {"
        let list = SwiftExpression.array(operations.map(SwiftExpression.init))
        let line = list.text(indentation: 8, before: start.count + 1, after: 2)
        if !line.contains("\n") { return "\(start) \(line) }" }
        return "\(start)\n        \(list.text(indentation: 8))\n    }"
    }

    private static func sentence(_ words: String) -> String {
        let text = words.prefix(1).uppercased() + words.dropFirst()
        return text.last.map { ".!?".contains($0) } == true ? text : text + "."
    }

    /// The words of a summary as the name of a type, or one made of the revision where that leaves nothing.
    private static func typeName(for summary: String, _ revision: Revision) -> String {
        func name(_ text: String) -> String {
            text.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
                .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        }
        let words = name(summary)
        return words.first?.isLetter == true ? words : "Step\(name(revision.text))\(words)"
    }
}

extension Revision {
    /// A revision that nobody has yet: twelve hexadecimal digits, as Alembic gives.
    public static func random() -> Revision {
        let digits = String(UInt64.random(in: 0..<(1 << 48)), radix: 16)
        return Revision(String(repeating: "0", count: 12 - digits.count) + digits)
    }
}
