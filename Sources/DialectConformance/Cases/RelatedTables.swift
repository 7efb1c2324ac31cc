internal import DialectCore
internal import DialectMigrations
internal import Testing

extension ConformanceSuite {
    /// Changes of tables that foreign keys connect.
    static let relatedTables: [CaseDefinition] = [
        CaseDefinition("changes.foreignKeysComeAndGo", needs: [.foreignKeys], where: \.canMigrateAndReflect) { trial in
            let connection = try await trial.connect()
            let (parent, child) = (Identifier(trial.name("t")), Identifier(trial.name("t")))
            let columns = [Column("a", .integer), Column("b", .integer)]
            let (note, longer) = (
                Column("note", .string(length: 9), nullable: true), Column("note", .text, nullable: true)
            )
            let key = ForeignKey(
                ["b", "a"],
                references: parent,
                ["a", "b"],
                onDelete: .cascade,
                name: trial.name("fk")
            )
            let steps = ChangeSteps(
                making: [
                    .createTable(Table(parent, columns: columns + [note], primaryKey: PrimaryKey(["a", "b"]))),
                    .createTable(Table(child, columns: columns)),
                    .statement("INSERT INTO \(identifier: parent) (a, b) VALUES (1, 2)"),
                    .statement("INSERT INTO \(identifier: child) (a, b) VALUES (2, 1)"),
                ],
                changing: [
                    .addConstraint(.foreignKey(key), to: child), .alterColumn(note, to: longer, of: parent),
                ],
                restoring: [
                    .alterColumn(longer, to: note, of: parent), .dropConstraint(.foreignKey(key), from: child),
                ]
            )
            try await trial.expectThereAndBack(steps, on: connection) { isChanged in
                let orphan: Statement = "INSERT INTO \(identifier: child) (a, b) VALUES (9, 9)"
                if isChanged {
                    await trial.expectError(.foreignKeyViolation, from: "An insert of an orphan") {
                        try await connection.execute(orphan)
                    }
                } else {
                    try await connection.execute(orphan)
                    try await connection.execute("DELETE FROM \(identifier: child) WHERE a = 9")
                }
                trial.expectEqual(try await trial.count(of: child, on: connection), 1, "The children")
            }
        },
        CaseDefinition(
            "changes.anIndexThatAForeignKeyUsesComesAndGoes",
            needs: [.foreignKeys],
            where: \.canMigrateAndReflect
        ) {
            trial in
            let connection = try await trial.connect()
            let (parent, child) = (Identifier(trial.name("t")), Identifier(trial.name("t")))
            let key = ForeignKey(["parent"], references: parent, ["id"], name: trial.name("fk"))
            let columns = [Column("id", .integer), Column("parent", .integer), Column("rank", .integer)]
            let index = Index(trial.name("ix"), on: child, ["parent", "rank"])
            let steps = ChangeSteps(
                making: [
                    .createTable(Table(parent, columns: [Column("id", .integer)], primaryKey: PrimaryKey(["id"]))),
                    .createTable(Table(child, columns: columns, primaryKey: PrimaryKey(["id"]), foreignKeys: [key])),
                ],
                changing: [.createIndex(index)],
                restoring: [.dropIndex(index.name, on: child)]
            )
            try await trial.expectThereAndBack(steps, on: connection)
        },
        CaseDefinition("changes.parentsKeepTheirChildren", needs: [.foreignKeys], where: \.canMigrateAndReflect) {
            trial in
            let connection = try await trial.connect()
            let family = Family(trial)
            let (old, new) = (Column("name", .string(length: 20), nullable: true), Column("name", .text))
            let steps = ChangeSteps(
                making: family.operations + [
                    .statement("INSERT INTO \(identifier: family.parent) (id, name, boss) VALUES (1, 'one', NULL)"),
                    .statement("INSERT INTO \(identifier: family.parent) (id, name, boss) VALUES (2, 'two', 1)"),
                    .statement(family.thousandChildren),
                ],
                changing: [.alterColumn(old, to: new, of: family.parent)],
                restoring: [.alterColumn(new, to: old, of: family.parent)]
            )
            try await trial.expectThereAndBack(steps, on: connection) { _ in
                trial.expectEqual(try await trial.count(of: family.child, on: connection), 1000, "The children")
                trial.expectEqual(try await trial.ids(in: family.parent, on: connection), [1, 2], "The parents")
            }
            // The keys hold afterwards: one references its own table, and one is followed.
            await trial.expectError(.foreignKeyViolation, from: "A parent whose boss is not there") {
                try await connection.execute(
                    "INSERT INTO \(identifier: family.parent) (id, name, boss) VALUES (3, 'three', 9)"
                )
            }
            try await connection.execute("DELETE FROM \(identifier: family.parent) WHERE id = 1")
            trial.expectEqual(try await trial.count(of: family.parent, on: connection), 0, "Parents after the delete")
            trial.expectEqual(try await trial.count(of: family.child, on: connection), 0, "Children after the delete")
        },
        CaseDefinition(
            "changes.aFailedOneLeavesTheRowsAndTheirKeys",
            needs: [.foreignKeys],
            where: \.canMigrateAndReflect
        ) {
            trial in
            let connection = try await trial.connect()
            let family = Family(trial)
            let (old, new) = (Column("name", .string(length: 20), nullable: true), Column("name", .string(length: 20)))
            let steps = ChangeSteps(
                making: family.operations + [
                    .statement("INSERT INTO \(identifier: family.parent) (id, name, boss) VALUES (1, NULL, NULL)"),
                    .statement(family.thousandChildren),
                ],
                changing: [.alterColumn(old, to: new, of: family.parent)],
                restoring: [.alterColumn(new, to: old, of: family.parent)]
            )
            let migrator = trial.migrator(try trial.chain(steps), on: connection)
            try await migrator.upgrade(to: .revision("made"))
            do {
                try await migrator.upgrade()
                trial.expect(false, "A column with a null became one without.")
            } catch {
                trial.expectEqual(try await migrator.current(), ["made"], "The revision after the failure")
            }
            trial.expectEqual(try await trial.count(of: family.child, on: connection), 1000, "The children")
            trial.expectEqual(try await trial.ids(in: family.parent, on: connection), [1], "The parents")
            try await connection.execute("DELETE FROM \(identifier: family.parent) WHERE id = 1")
            trial.expectEqual(try await trial.count(of: family.child, on: connection), 0, "Children after the delete")
        },
    ]
}

/// A table that references itself, and one whose rows go with theirs.
private struct Family {
    let parent: Identifier
    let child: Identifier
    let operations: [MigrationOperation]

    init(_ trial: Trial) {
        let (parent, child) = (Identifier(trial.name("t")), Identifier(trial.name("t")))
        let columns = [
            Column("id", .integer), Column("name", .string(length: 20), nullable: true),
            Column("boss", .integer, nullable: true),
        ]
        let boss = ForeignKey(["boss"], references: parent, ["id"], onDelete: .cascade, name: trial.name("fk"))
        let key = ForeignKey(["parent"], references: parent, ["id"], onDelete: .cascade, name: trial.name("fk"))
        (self.parent, self.child) = (parent, child)
        operations = [
            .createTable(Table(parent, columns: columns, primaryKey: PrimaryKey(["id"]), foreignKeys: [boss])),
            .createTable(
                Table(
                    child,
                    columns: [Column("id", .integer), Column("parent", .integer)],
                    primaryKey: PrimaryKey(["id"]),
                    foreignKeys: [key]
                )
            ),
        ]
    }

    /// Gives the first parent a thousand children.
    var thousandChildren: Statement {
        let rows = (1...1000).map { "(\($0), 1)" }.joined(separator: ", ")
        return "INSERT INTO \(identifier: child) (id, parent) VALUES \(unsafe: rows)"
    }
}
