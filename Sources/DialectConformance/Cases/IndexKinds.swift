internal import DialectCore
internal import DialectMigrations
internal import Testing

extension ConformanceSuite {
    /// Partial and concurrent indexes, and what tables that are made anew need.
    static let indexKinds: [CaseDefinition] = [
        CaseDefinition("indexes.partialOnesCoverSomeRows", needs: [.partialIndexes]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            let index = Index(trial.name("ix"), on: table, ["amount"], unique: true, unsafeCondition: "amount > 0")
            try await trial.perform(.createIndex(index), on: connection)
            try await trial.insert(2, 0, into: table, on: connection)
            try await trial.insert(3, 5, into: table, on: connection)
            await trial.expectError(.uniqueViolation, from: "A second row that the index covers") {
                try await trial.insert(4, 5, into: table, on: connection)
            }
            if trial.declares(.schemaReflection) {
                let read = try await trial.reflected(table, on: connection).indexes
                trial.expectEqual(read, [index], "The index as it is read back")
            }
            try await trial.perform(.dropIndex(index.name, on: table), on: connection)
            try await trial.insert(4, 5, into: table, on: connection)
        },
        CaseDefinition(
            "indexes.partialOnesSurviveAChangeOfTheirTable",
            needs: [.partialIndexes, .descendingIndexes],
            where: \.canMigrateAndReflect
        ) { trial in
            let connection = try await trial.connect()
            let table = Identifier(trial.name("t"))
            let (old, new) = (Column("word", .string(length: 9)), Column("word", .text))
            let made = Table(table, columns: [Column("id", .integer), old], primaryKey: PrimaryKey(["id"]))
            let steps = ChangeSteps(
                making: [
                    .createTable(made),
                    .createIndex(
                        Index(trial.name("ix"), on: table, [.descending("word"), "id"], unsafeCondition: "id > 0")
                    ),
                ],
                changing: [.alterColumn(old, to: new, of: table)],
                restoring: [.alterColumn(new, to: old, of: table)]
            )
            try await trial.expectThereAndBack(steps, on: connection)
        },
        CaseDefinition("indexes.madeWithTheirTableAreTheSame", where: \.canIndexInline) { trial in
            let connection = try await trial.connect()
            let dialect = (connection as? any DialectRefining)?.refinedDialect ?? trial.dialect
            let inline = try trial.capability((any InlineIndexing).self, of: dialect)
            let parent = try await trial.makeCounters([], on: connection)
            let key = ForeignKey(["parent"], references: parent, ["id"], onDelete: .cascade)
            let table = Table(
                Identifier(trial.name("t")),
                columns: [Column("id", .integer), Column("parent", .integer), Column("rank", .integer)],
                primaryKey: PrimaryKey(["id"]),
                foreignKeys: trial.declares(.foreignKeys) ? [key] : []
            )
            let indexes = [
                Index(trial.name("ix"), on: table.name, ["rank", "id"], unique: true),
                Index(trial.name("ix"), on: table.name, ["parent"]),
            ]
            trial.dropLater(table.name)
            var operations: [SchemaOperation] = [.createTable(table)]
            operations += indexes.map { .createIndex($0) }
            for operation in operations { try await trial.perform(operation, on: connection) }
            let expected = try await trial.reflected(table.name, on: connection)
            try await trial.perform(.dropTable(table.name), on: connection)
            try await connection.execute(try inline.statement(creating: table, with: indexes))
            let found = try await trial.reflected(table.name, on: connection)
            trial.expectEqual(found.tables, expected.tables, "The table that was made with its indexes")
            trial.expectEqual(Set(found.indexes), Set(expected.indexes), "The indexes that were made with their table")
        },
        CaseDefinition("features.partialIndexesAreAbsent", absent: .partialIndexes) { trial in
            let index = Index("ix", on: "t", ["a"], unsafeCondition: "a > 0")
            await trial.expectError(.unsupportedFeature, from: "The spelling of a partial index") {
                try trial.dialect.statements(for: .createIndex(index), in: SchemaModel())
            }
        },
        CaseDefinition("indexes.concurrentOnesComeAndGoOutsideTransactions", needs: [.concurrentIndexes]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1, 2], on: connection)
            let index = Index(trial.name("ix"), on: table, ["amount"])
            try await trial.perform(.createIndex(index, concurrently: true), on: connection)
            if trial.declares(.schemaReflection) {
                let read = try await trial.reflected(table, on: connection).indexes
                trial.expectEqual(read, [index], "The index as it is read back")
            }
            try await trial.perform(.dropIndex(index.name, on: table, concurrently: true), on: connection)
            try await trial.perform(.createIndex(index), on: connection)
        },
        CaseDefinition("features.concurrentIndexesAreAbsent", absent: .concurrentIndexes) { trial in
            let index = Index("ix", on: "t", ["a"])
            for (plain, concurrent) in [
                (SchemaOperation.createIndex(index), SchemaOperation.createIndex(index, concurrently: true)),
                (.dropIndex("ix", on: "t"), .dropIndex("ix", on: "t", concurrently: true)),
            ] {
                trial.expectEqual(
                    try trial.dialect.statements(for: concurrent, in: SchemaModel()).map {
                        try $0.sql(for: trial.dialect)
                    },
                    try trial.dialect.statements(for: plain, in: SchemaModel()).map { try $0.sql(for: trial.dialect) },
                    "A concurrent operation without 'concurrentIndexes'"
                )
            }
        },
        CaseDefinition(
            "rebuilds.foreignKeysAreSuspendedUntilTheyAreResumedOrReset",
            needs: [.tableRebuilds, .foreignKeys]
        ) {
            trial in
            let connection = try await trial.connect()
            let rebuilding = try trial.capability((any TableRebuilding).self, of: connection)
            trial.expect(trial.dialect is any RebuildPlanning, "The dialect does not conform to RebuildPlanning.")
            let parent = try await trial.makeCounters([1], on: connection)
            let child = try await trial.makeTable(
                [Column("parent", .integer)],
                foreignKeys: [ForeignKey(["parent"], references: parent, ["id"])],
                on: connection
            )
            let orphan: Statement = "INSERT INTO \(identifier: child) (id, parent) VALUES (1, 9)"
            for isReset in [false, true] {
                try await rebuilding.suspendForeignKeys()
                trial.expect(!connection.isClean, "A connection without foreign keys says that it is clean.")
                try await connection.execute(orphan)
                await trial.expectError(.foreignKeyViolation, from: "A check with an orphan") {
                    try await rebuilding.checkRebuiltTables()
                }
                try await connection.execute("DELETE FROM \(identifier: child)")
                try await rebuilding.checkRebuiltTables()
                if isReset { try await connection.reset() } else { try await rebuilding.resumeForeignKeys() }
                await trial.expectError(.foreignKeyViolation, from: "An orphan after the rebuild") {
                    try await connection.execute(orphan)
                }
            }
            try await connection.begin(.readWrite)
            await trial.expectError(.invalidTransactionState, from: "A suspension inside a transaction") {
                try await rebuilding.suspendForeignKeys()
            }
            try await connection.rollBack()
        },
        CaseDefinition("features.tableRebuildsAreAbsent", absent: .tableRebuilds) { trial in
            guard let planning = trial.dialect as? any RebuildPlanning else { return }
            let (key, column) = (PrimaryKey(["a"]), Column("a", .integer))
            var model = SchemaModel()
            model.add(Table("t", columns: [column, Column("b", .integer)], primaryKey: key))
            let operations: [SchemaOperation] = [
                .alterColumn(column, to: Column("a", .bigInteger), of: "t"), .dropColumn("a", from: "t"),
                .addConstraint(.unique(UniqueConstraint(["b"])), to: "t"),
                .dropConstraint(.primaryKey(key), from: "t"),
                .addColumn(Column("c", .timestamp(), default: .currentTimestamp), to: "t"),
            ]
            for operation in operations {
                trial.expectEqual(
                    planning.rebuiltTable(by: operation, in: model),
                    nil,
                    "The table that is made anew to \(operation.summary) without 'tableRebuilds'"
                )
            }
        },
    ]
}

extension ConformanceTarget {
    fileprivate var canIndexInline: Bool {
        dialect is any InlineIndexing && dialect.features.contains(.schemaReflection)
    }
}

extension Trial {
    /// What the database says of a table.
    fileprivate func reflected(
        _ table: Identifier,
        on connection: any Connection
    ) async throws(DatabaseError) -> (tables: [Table], indexes: [Index]) {
        let model = try await capability((any SchemaReflecting).self, of: connection).reflectSchema(nil)
        return (model.tables.filter { $0.name == table }, model.indexes.filter { $0.table == table })
    }
}
