public import DialectCore

/// What a dialect must do to be one: the cases that every dialect passes.
///
/// An author adds the product `DialectConformance` to a test target and declares the suite once:
///
///     import DialectConformance
///     import MyDialect
///     import Testing
///
///     @Test(arguments: ConformanceSuite(MyDialect(), url: "mydb://tester:secret@localhost/conformance").cases)
///     func conforms(_ check: ConformanceCase) async { await check.run() }
///
/// Each case makes tables of its own with names of its own, and drops them, so a database may be used again and again,
/// and several cases run in it at once. Where every case should have a database of its own, and where the suite should
/// test what only the author can tell, such as how a session is ended from outside, there is more to say, in a target:
///
///     private let suite: ConformanceSuite = {
///         var target = ConformanceTarget(MyDialect()) { try await myServer.makeDatabase() }
///         target.killStatement = { victim in
///             "SELECT end_session(\(try await victim.execute("SELECT session_id()").rows[0].decode(Int.self)))"
///         }
///         return ConformanceSuite(target)
///     }()
///
/// The dialect's declared features select the cases. A feature that is not declared has to be absent: its cases are
/// replaced by one that shows it. Nothing but portable SQL is sent, quoted and spelled by the dialect, and no case asks
/// which dialect it is.
public struct ConformanceSuite: Sendable {
    /// What is tested, and how to get at it.
    public let target: ConformanceTarget

    /// The cases for the dialect's features and for what the target supplies, in a stable order.
    public let cases: [ConformanceCase]

    /// Makes the suite for a target.
    public init(_ target: ConformanceTarget) {
        self.target = target
        let gate = CaseGate(target.casesAtOnce)
        cases = Self.definitions
            .filter { $0.applies(to: target) }
            .map { ConformanceCase(definition: $0, target: target, gate: gate) }
    }

    /// Makes the suite for a dialect and one database, which all cases share.
    ///
    /// The database must be there; what is in it is left alone.
    public init(_ dialect: any Dialect, url: String) {
        self.init(ConformanceTarget(dialect, url: url))
    }

    /// The case with this name, or nil when the suite does not have it for this target.
    public func testCase(named name: String) -> ConformanceCase? { cases.first { $0.name == name } }

    static let definitions: [CaseDefinition] =
        dialects + connecting + closing
        + numbers + texts + binaries + times + otherValues + nulls
        + literals + parameters + identifiers + results + streaming + sessions
        + transactions + savepoints + isolation + readOnly + concurrency
        + cancelling + cancellingStreams + cancelRaces + resetting
        + constraintErrors + otherErrors + lockErrors
        + schemaOperations + schemaChanges + relatedTables + indexKinds + foreignKeys + reflection
        + locks + migrators + bulkInserts + notifications + startedStatements + sharedStatements + lostConnections
}
