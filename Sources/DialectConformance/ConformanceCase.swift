public import DialectCore
public import Testing

/// One fact about dialects, to be tested on one of them.
public struct ConformanceCase: Sendable, Identifiable, CustomStringConvertible, CustomTestStringConvertible {
    let definition: CaseDefinition
    let target: ConformanceTarget
    let gate: CaseGate

    /// The fact, with the topic it belongs to, such as `transactions.aRollBackUndoesEverything`.
    ///
    /// Names do not change from one release to the next without a word in the changelog.
    public var name: String { definition.name }

    /// The name.
    public var id: String { name }

    /// The features that the dialect declares and the case needs.
    public var features: Set<DialectFeature> { definition.needs }

    /// The feature that the dialect does not declare and the case shows to be absent.
    public var absentFeature: DialectFeature? { definition.absent }

    /// The name.
    public var description: String { name }

    /// The name.
    public var testDescription: String { name }

    /// Runs the case, and reports each failure as an issue of the running test.
    public func run() async {
        for failure in await failures() {
            Issue.record(Comment(rawValue: failure.message), sourceLocation: failure.sourceLocation)
        }
    }

    /// Runs the case and returns its failures, none when the dialect passes.
    ///
    /// For a runner other than Swift Testing, and for those who test the suite with a broken dialect.
    public func failures() async -> [ConformanceFailure] {
        await gate.enter()
        let failures = await Trial.failures(of: definition, on: target)
        await gate.leave()
        return failures
    }
}

/// Something that a dialect did and should not have done.
public struct ConformanceFailure: Error, Sendable, CustomStringConvertible {
    /// What was expected and what happened.
    public let message: String
    /// The expectation's place in the suite.
    public let sourceLocation: SourceLocation

    /// The message.
    public var description: String { message }
}
