internal import DialectCore
internal import DialectMigrations
internal import Testing

extension ConformanceSuite {
    /// Changes of tables with rows, by a migrator, there and back.
    static let schemaChanges: [CaseDefinition] = [
        CaseDefinition("changes.columnsTakeAnotherDefinitionAndKeepTheirValues", where: \.canMigrateAndReflect) {
            trial in
            let connection = try await trial.connect()
            let table = Identifier(trial.name("t"))
            let old = [
                Column("size", .integer), Column("word", .string(length: 20), nullable: true),
                Column("mark", .integer), Column("state", .string(length: 20), default: .text("new")),
            ]
            let new = [
                Column("size", .bigInteger), Column("word", .string(length: 80), default: .text("it's")),
                Column("mark", .string(length: 20), nullable: true), Column("state", .string(length: 20)),
            ]
            let pairs = zip(old, new)
            let made = Table(table, columns: [Column("id", .integer)] + old, primaryKey: PrimaryKey(["id"]))
            let steps = ChangeSteps(
                making: [
                    .createTable(made),
                    .statement(
                        "INSERT INTO \(identifier: table) (id, size, word, mark) VALUES (1, 5, 'five', 50), (2, 6, '', 60)"
                    ),
                ],
                changing: pairs.map { .alterColumn($0, to: $1, of: table) },
                restoring: pairs.map { .alterColumn($1, to: $0, of: table) }
            )
            try await trial.expectThereAndBack(steps, on: connection) { isChanged in
                let rows = try await connection.execute(
                    "SELECT size, word, mark, state FROM \(identifier: table) ORDER BY id"
                ).rows
                trial.expectEqual(try rows.map { try $0.decode(Int.self, at: 0) }, [5, 6], "The numbers")
                trial.expectEqual(try rows.map { try $0.decode(String.self, at: 1) }, ["five", ""], "The words")
                if isChanged {
                    let marks = try rows.map { try $0.decode(String.self, at: 2) }
                    trial.expectEqual(marks, ["50", "60"], "Numbers that became words")
                } else {
                    let marks = try rows.map { try $0.decode(Int.self, at: 2) }
                    trial.expectEqual(marks, [50, 60], "Words that were numbers")
                }
                trial.expectEqual(try rows.map { try $0.decode(String.self, at: 3) }, ["new", "new"], "The states")
            }
        },
        CaseDefinition("changes.constraintsComeAndGo", where: \.canMigrateAndReflect) { trial in
            let connection = try await trial.connect()
            let table = Identifier(trial.name("t"))
            let made = Table(table, columns: ["a", "b", "c"].map { Column($0, .integer) })
            let constraints: [TableConstraint] = [
                .primaryKey(PrimaryKey(["a", "b"], name: trial.name("pk"))),
                .unique(UniqueConstraint(["c", "b"], name: trial.name("uq"))),
                .check(CheckConstraint(unsafe: "c > 0", name: trial.name("ck"))),
            ]
            let steps = ChangeSteps(
                making: [
                    .createTable(made),
                    .statement("INSERT INTO \(identifier: table) (a, b, c) VALUES (1, 1, 1), (1, 2, 2)"),
                ],
                changing: constraints.map { .addConstraint($0, to: table) },
                restoring: constraints.reversed().map { .dropConstraint($0, from: table) }
            )
            try await trial.expectThereAndBack(steps, on: connection) { isChanged in
                let refused: [(String, DatabaseError.Code)] = [
                    ("1, 1, 9", .uniqueViolation), ("9, 2, 2", .uniqueViolation), ("9, 9, 0", .checkViolation),
                ]
                for (values, code) in refused {
                    let insertion: Statement = "INSERT INTO \(identifier: table) (a, b, c) VALUES (\(unsafe: values))"
                    if isChanged {
                        await trial.expectError(code, from: "An insert of \(values)") {
                            try await connection.execute(insertion)
                        }
                    } else {
                        try await connection.execute(insertion)
                        try await connection.execute("DELETE FROM \(identifier: table) WHERE a = 9 OR c = 9")
                    }
                }
                trial.expectEqual(try await trial.count(of: table, on: connection), 2, "The rows")
            }
        },
        CaseDefinition("changes.constraintsWithoutNamesGoWhereTheirNamesCanBeTold", where: \.canMigrateAndReflect) {
            trial in
            let connection = try await trial.connect()
            let table = Identifier(trial.name("t"))
            let made = Table(
                table,
                columns: ["a", "b", "c"].map { Column($0, .integer) },
                primaryKey: PrimaryKey(["a", "b"]),
                uniqueConstraints: [UniqueConstraint(["b", "c"])]
            )
            let constraints = made.constraints
            let steps = ChangeSteps(
                making: [
                    .createTable(made), .statement("INSERT INTO \(identifier: table) (a, b, c) VALUES (1, 1, 1)"),
                ],
                changing: constraints.map { .dropConstraint($0, from: table) },
                restoring: constraints.map { .addConstraint($0, to: table) }
            )
            try await trial.expectThereAndBack(steps, on: connection)
        },
        CaseDefinition("changes.columnsGoWithWhatNamesThem", where: \.canMigrateAndReflect) { trial in
            let connection = try await trial.connect()
            let table = Identifier(trial.name("t"))
            let columns = ["a", "b", "c", "d"].map { Column($0, .integer, default: .integer(7)) }
            let unique = UniqueConstraint(["b", "c"], name: trial.name("uq"))
            let check = CheckConstraint(unsafe: "c < 100 AND d < 100", name: trial.name("ck"))
            let indexes = [
                Index(trial.name("ix"), on: table, ["c"]), Index(trial.name("ix"), on: table, ["d", "c"]),
                Index(trial.name("ix"), on: table, ["d"]),
            ]
            let made = Table(
                table,
                columns: columns,
                primaryKey: PrimaryKey(["a"]),
                uniqueConstraints: [unique],
                checkConstraints: [check]
            )
            // The column comes back at the end.
            let steps = ChangeSteps(
                making: [
                    .createTable(made), .statement("INSERT INTO \(identifier: table) (a, b, d) VALUES (1, 2, 3)"),
                ] + indexes.map { .createIndex($0) },
                changing: [.dropColumn("c", from: table)],
                restoring: [
                    .addColumn(columns[2], to: table), .addConstraint(.unique(unique), to: table),
                    .addConstraint(.check(check), to: table), .createIndex(indexes[0]), .createIndex(indexes[1]),
                ]
            )
            let chain = try trial.chain(steps)
            let migrator = trial.migrator(chain, on: connection)
            try await migrator.upgrade()
            let model = try await trial.capability((any SchemaReflecting).self, of: connection).reflectSchema(nil)
            let live = model.table(table)
            trial.expectEqual(live?.columns.map(\.name), ["a", "b", "d"], "The columns that are left")
            trial.expectEqual(live?.uniqueConstraints, [], "Unique constraints")
            trial.expectEqual(live?.checkConstraints, [], "Checks")
            trial.expectEqual(model.indexes.filter { $0.table == table }, [indexes[2]], "The indexes that are left")
            try await migrator.downgrade(to: .revision("made"))
            let row = try await connection.execute("SELECT a, b, d, c FROM \(identifier: table)").rows.first
            trial.expectEqual(try row?.decode(Int.self, at: 2), 3, "A value beside the dropped column")
            trial.expectEqual(try row?.decode(Int.self, at: 3), 7, "The default of the column that came back")
            await trial.expectError(.checkViolation, from: "An insert that the check refuses") {
                try await connection.execute("INSERT INTO \(identifier: table) (a, b, c, d) VALUES (2, 2, 100, 2)")
            }
        },
        CaseDefinition("changes.columnsOfAnyDefaultAreAppended", where: \.canMigrateAndReflect) { trial in
            let connection = try await trial.connect()
            let table = Identifier(trial.name("t"))
            let made = Table(table, columns: [Column("id", .integer)], primaryKey: PrimaryKey(["id"]))
            let columns = [
                Column("made", .timestamp(fractionDigits: 6), default: .currentTimestamp),
                Column("word", .string(length: 20), default: .text("x")), Column("note", .text, nullable: true),
            ]
            let steps = ChangeSteps(
                making: [.createTable(made), .statement("INSERT INTO \(identifier: table) (id) VALUES (1), (2)")],
                changing: columns.map { .addColumn($0, to: table) },
                restoring: columns.reversed().map { .dropColumn($0.name, from: table) }
            )
            let earliest = Timestamp.now + .seconds(-300)
            try await trial.expectThereAndBack(steps, on: connection) { isChanged in
                trial.expectEqual(try await trial.ids(in: table, on: connection), [1, 2], "The rows")
                guard isChanged else { return }
                let row = try await connection.execute("SELECT made, word FROM \(identifier: table)").rows.first
                // Five minutes for clocks of two machines; a wrong time zone is off by more.
                let made = try row?.decode(Timestamp.self, at: 0) ?? earliest
                trial.expect(made > earliest && made < Timestamp.now + .seconds(300), "The time \(made) is not now.")
                trial.expectEqual(try row?.decode(String.self, at: 1), "x", "The default in an old row")
            }
        },
        CaseDefinition("changes.aRenamedColumnKeepsWhatNamesIt", where: \.canMigrateAndReflect) { trial in
            let connection = try await trial.connect()
            let table = Identifier(trial.name("t"))
            let made = Table(
                table,
                columns: ["id", "amount", "rest"].map { Column($0, .integer) },
                primaryKey: PrimaryKey(["id"]),
                uniqueConstraints: [UniqueConstraint(["amount"], name: trial.name("uq"))],
                checkConstraints: [CheckConstraint(unsafe: "rest > 0", name: trial.name("ck"))]
            )
            let changed = Column("rest", .bigInteger)
            let steps = ChangeSteps(
                making: [
                    .createTable(made), .createIndex(Index(trial.name("ix"), on: table, ["rest", "amount"])),
                    .statement("INSERT INTO \(identifier: table) (id, amount, rest) VALUES (1, 10, 5)"),
                ],
                // A definition in other words is needed after a renaming, where the table is made anew.
                changing: [
                    .renameColumn("amount", of: table, to: "total"), .renameColumn("rest", of: table, to: "left_over"),
                    .alterColumn(Column("left_over", .integer), to: Column("left_over", .bigInteger), of: table),
                ],
                restoring: [
                    .renameColumn("left_over", of: table, to: "rest"), .renameColumn("total", of: table, to: "amount"),
                    .alterColumn(changed, to: Column("rest", .integer), of: table),
                ]
            )
            try await trial.expectThereAndBack(steps, on: connection)
        },
    ]
}

extension ConformanceTarget {
    /// Whether a migrator can run, and the suite see what it made.
    var canMigrateAndReflect: Bool {
        dialect.features.contains(.schemaReflection)
            && !dialect.features.isDisjoint(with: [.exclusiveWriteTransactions, .sessionLocks, .transactionLocks])
    }
}
