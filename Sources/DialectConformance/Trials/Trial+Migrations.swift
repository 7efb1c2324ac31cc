internal import DialectCore
internal import DialectMigrations
internal import Testing

/// Two steps: the first makes tables, the second changes them.
struct ChangeSteps: Sendable {
    /// The tables that the first step makes, and its rows.
    var making: [MigrationOperation]
    /// What the second step does.
    var changing: [SchemaOperation]
    /// What its downgrade does.
    var restoring: [SchemaOperation]
}

extension Trial {
    /// Makes a chain of two steps on tables that are dropped when the case is over.
    func chain(_ steps: ChangeSteps) throws(DatabaseError) -> MigrationChain {
        let version = Identifier(name("version"))
        dropLater(version)
        for case .schema(.createTable(let table, _)) in steps.making { dropLater(table.name) }
        return try MigrationChain(
            name("chain"),
            versionTable: version,
            steps: [
                ChangeStep(revision: "made", parents: [], upgrade: steps.making, downgrade: []),
                ChangeStep(
                    revision: "changed",
                    parents: ["made"],
                    upgrade: steps.changing.map { .schema($0) },
                    downgrade: steps.restoring.map { .schema($0) }
                ),
            ]
        )
    }

    func migrator(_ chain: MigrationChain, on connection: any Connection) -> Migrator {
        Migrator(chain, dialect: dialect, connection: connection, logger: Self.logger)
    }

    /// Goes up, back and up again, and compares each time what the database has with what the steps describe.
    ///
    /// `check` runs at the first step (false) and at the second (true).
    func expectThereAndBack(
        _ steps: ChangeSteps,
        on connection: any Connection,
        _ check: (Bool) async throws -> Void = { _ in }
    ) async throws {
        let chain = try chain(steps)
        let migrator = migrator(chain, on: connection)
        for revision: Revision in ["made", "changed", "made", "changed", "made"] {
            if try await migrator.current() == ["changed"] {
                try await migrator.downgrade(to: .revision(revision))
            } else {
                try await migrator.upgrade(to: .revision(revision))
            }
            try await expectSchema(chain.model(at: [revision]), at: revision, on: connection)
            try await check(revision == "changed")
        }
    }

    /// Expects that the tables of a model are in the database as it describes them.
    private func expectSchema(
        _ model: SchemaModel,
        at revision: Revision,
        on connection: any Connection
    ) async throws(DatabaseError) {
        let dialect = (connection as? any DialectRefining)?.refinedDialect ?? dialect
        let live = try await capability((any SchemaReflecting).self, of: connection).reflectSchema(nil)
        for table in model.tables.map(\.name) {
            let (made, found) = (
                try model.description(of: table, dialect), try live.description(of: table, dialect)
            )
            let (absent, surplus) = (made.filter { !found.contains($0) }, found.filter { !made.contains($0) })
            expect(
                absent.isEmpty && surplus.isEmpty,
                "At '\(revision)' the table \(table) lacks \(absent) and has \(surplus) instead."
            )
        }
    }
}

extension SchemaModel {
    /// What every database keeps of a table, in lines.
    ///
    /// Some databases keep no names of constraints, and to some a unique constraint is a unique index.
    fileprivate func description(of name: Identifier, _ dialect: any Dialect) throws(DatabaseError) -> [String] {
        guard let table = table(name) else { return ["nothing"] }
        var lines: [String] = []
        for (position, column) in table.columns.enumerated() {
            let type = try dialect.spelling(of: column.type)
            let value = column.serverDefault.map { "\($0)" } ?? "none"
            lines.append("column \(position) \(column.name) \(type) null: \(column.isNullable) default: \(value)")
        }
        for constraint in table.constraints {
            switch constraint {
            case .primaryKey(let key): lines.append("primary key \(key.columns)")
            case .unique(let unique): lines.append("unique \(unique.columns)")
            case .foreignKey(let key):
                let actions = "\(key.onDelete.rawValue) \(key.onUpdate.rawValue)"
                lines.append("foreign key \(key.columns) to \(key.table)\(key.referencedColumns) \(actions)")
            case .check: lines.append("check")
            }
        }
        for index in indexes where index.table == name {
            let elements = index.elements.map { $0.column + ($0.isDescending ? " descending" : "") }
            if index.isUnique, index.condition == nil {
                lines.append("unique \(elements)")
            } else {
                let condition = index.condition ?? "all rows"
                lines.append("index \(index.name) \(elements) unique: \(index.isUnique) of \(condition)")
            }
        }
        return lines.sorted()
    }
}

private struct ChangeStep: MigrationStep {
    let revision: Revision
    let parents: [Revision]
    let upgrade: [MigrationOperation]
    let downgrade: [MigrationOperation]
    var summary: String { "what is \(revision)" }
}
