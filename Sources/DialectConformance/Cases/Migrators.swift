internal import DialectCore
internal import DialectMigrations
internal import Testing

extension ConformanceSuite {
    /// Several migrators at once.
    static let migrators: [CaseDefinition] = [
        CaseDefinition("migrators.atOnceApplyEachRevisionOnce", where: \.canLockMigrations) { trial in
            let chain = try trial.migrations()
            let first = chain.table
            try await trial.inParallel(5) { _ in
                let connection = try await trial.connect()
                try await Migrator(chain.chain, dialect: trial.dialect, connection: connection, logger: Trial.logger)
                    .upgrade()
            }
            let connection = try await trial.connect()
            trial.expectEqual(try await trial.ids(in: first, on: connection), [1, 2, 3], "The rows of the steps")
            let migrator = Migrator(chain.chain, dialect: trial.dialect, connection: connection, logger: Trial.logger)
            trial.expectEqual(try await migrator.current(), ["r3"], "The revision")
        },
        CaseDefinition("migrators.goThereAndBack", where: \.canLockMigrations) { trial in
            let chain = try trial.migrations()
            let connection = try await trial.connect()
            let migrator = Migrator(chain.chain, dialect: trial.dialect, connection: connection, logger: Trial.logger)
            let up = try await migrator.upgrade()
            trial.expectEqual(up.steps.map(\.revision), ["r1", "r2", "r3"], "The applied revisions")
            trial.expectEqual(try await migrator.upgrade().steps.count, 0, "Steps of a second upgrade")
            try await migrator.downgrade(to: MigrationTarget("base"))
            trial.expectEqual(try await migrator.current(), [], "The revision at the base")
            await trial.expectError(.undefinedObject, from: "A read of a table that was downgraded") {
                try await trial.count(of: chain.table, on: connection)
            }
        },
    ]
}

extension ConformanceTarget {
    /// Whether the dialect has something that a migrator could lock with.
    fileprivate var canLockMigrations: Bool {
        !dialect.features.isDisjoint(with: [.exclusiveWriteTransactions, .sessionLocks, .transactionLocks])
    }
}

extension Trial {
    /// Three steps that each leave a row.
    fileprivate func migrations() throws -> (chain: MigrationChain, table: Identifier) {
        let table = Identifier(name("steps"))
        let version = Identifier(name("version"))
        dropLater(version)
        dropLater(table)
        let steps = (1...3).map { NumberedStep(number: $0, table: table) }
        return (try MigrationChain(name("chain"), versionTable: version, steps: steps), table)
    }
}

/// A step that inserts its number; the first one makes the table.
private struct NumberedStep: MigrationStep {
    let number: Int
    let table: Identifier

    var revision: Revision { Revision("r\(number)") }
    var parents: [Revision] { number == 1 ? [] : [Revision("r\(number - 1)")] }
    var summary: String { "step \(number)" }

    var upgrade: [MigrationOperation] {
        let insertion: Statement = "INSERT INTO \(identifier: table) (id) VALUES (\(number))"
        guard number == 1 else { return [.statement(insertion)] }
        return [.createTable(Table(table, columns: [Column("id", .integer)])), .statement(insertion)]
    }

    var downgrade: [MigrationOperation] {
        guard number == 1 else { return [.statement("DELETE FROM \(identifier: table) WHERE id = \(number)")] }
        return [.dropTable(table)]
    }
}
