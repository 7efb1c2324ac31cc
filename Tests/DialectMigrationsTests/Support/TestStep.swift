import DialectCore
import DialectMigrations

/// A step that creates the table `t_<revision>`, unless it is told something else.
struct TestStep: MigrationStep {
    var revision: Revision
    var parents: [Revision]
    var summary: String
    var upgrade: [MigrationOperation]
    var downgrade: [MigrationOperation]
    var requirements: [MigrationRequirement] = []
    var adoptedTables: Set<Identifier> = []

    init(
        _ revision: Revision,
        after parents: Revision...,
        upgrade: [MigrationOperation]? = nil,
        downgrade: [MigrationOperation]? = nil
    ) {
        self.init(revision, parents: parents, upgrade: upgrade, downgrade: downgrade)
    }

    init(
        _ revision: Revision,
        parents: [Revision],
        upgrade: [MigrationOperation]? = nil,
        downgrade: [MigrationOperation]? = nil
    ) {
        let table = Identifier("t_\(revision)")
        self.revision = revision
        self.parents = parents
        summary = "add \(table)"
        self.upgrade = upgrade ?? [.createTable(Table(table, columns: [Column("id", .integer)]))]
        self.downgrade = downgrade ?? [.dropTable(table)]
    }
}

extension TestStep {
    /// The step with revisions of other chains that it requires.
    func requiring(_ requirements: MigrationRequirement...) -> TestStep {
        var step = self
        step.requirements = requirements
        return step
    }

    /// The step with tables that it adopts.
    func adopting(_ tables: Set<Identifier>) -> TestStep {
        var step = self
        step.adoptedTables = tables
        return step
    }
}

extension MigrationChain {
    static func test(_ steps: [any MigrationStep], keepsJournal: Bool = false) throws -> MigrationChain {
        try MigrationChain("shop", versionTable: "shop_version", keepsJournal: keepsJournal, steps: steps)
    }

    /// `001` to `004`, one after the other.
    static func linear() throws -> MigrationChain {
        try test([
            TestStep("001"), TestStep("002", after: "001"), TestStep("003", after: "002"),
            TestStep("004", after: "003"),
        ])
    }

    /// `a`, then `b1` and `b2` beside `c`.
    static func branched() throws -> MigrationChain {
        try test([
            TestStep("a"), TestStep("b1", after: "a"), TestStep("b2", after: "b1"), TestStep("c", after: "a"),
        ])
    }

    /// `a`, then `b` beside `c` beside `d`, which `m` merges.
    static func merged() throws -> MigrationChain {
        try test([
            TestStep("a"), TestStep("b", after: "a"), TestStep("c", after: "a"), TestStep("d", after: "a"),
            TestStep("m", after: "b", "c", "d"),
        ])
    }
}

/// The error that `body` throws.
func failure<Result>(_ body: () throws(DatabaseError) -> Result) -> DatabaseError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

/// The error that `body` throws.
func failure<Result: Sendable>(_ body: () async throws(DatabaseError) -> Result) async -> DatabaseError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
