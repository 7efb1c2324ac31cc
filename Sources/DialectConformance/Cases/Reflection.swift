internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// What a session reads back of the tables and indexes that schema operations made.
    static let reflection: [CaseDefinition] = [
        CaseDefinition("reflection.columnsComeBack", needs: [.schemaReflection]) { trial in
            let connection = try await trial.connect()
            let types: [ColumnType] = [
                .boolean, .smallInteger, .integer, .bigInteger, .double, .decimal(precision: 20, scale: 4),
                .string(length: 80), .text, .bytes, .uuid, .timestamp(), .timestamp(fractionDigits: 3),
                .timestamp(fractionDigits: 6), .json,
            ].filter { (try? trial.dialect.spelling(of: $0)) != nil }
            let columns = types.enumerated().map { Column("c\($0)", $1, nullable: !$0.isMultiple(of: 3)) }
            let table = Table(Identifier(trial.name("t")), columns: columns)
            try await trial.create(table, on: connection)
            let model = try await trial.reflect(connection)
            let read = model.table(table.name)?.columns
            trial.expectEqual(read?.map(\.name), columns.map(\.name), "The columns' names")
            trial.expectEqual(read?.map(\.isNullable), columns.map(\.isNullable), "Which columns may be null")
            trial.expectEqual(read?.filter { $0.serverDefault != nil }, [], "Columns with a default that has none")
            for (column, read) in zip(columns, read ?? []) where read.type != column.type {
                // Two types that the database spells alike are one type to it.
                let (made, found) = (
                    try trial.dialect.spelling(of: column.type), try trial.dialect.spelling(of: read.type)
                )
                trial.expectEqual(found, made, "The type of a column made as \(column.type) and read as \(read.type)")
            }
        },
        CaseDefinition("reflection.defaultsComeBack", needs: [.schemaReflection]) { trial in
            let connection = try await trial.connect()
            let columns = [
                Column("yes", .boolean, default: .boolean(true)), Column("no", .boolean, default: .boolean(false)),
                Column("small", .smallInteger, default: .integer(7)),
                Column("number", .bigInteger, default: .integer(-5)),
                Column("word", .string(length: 40), default: .text("it's \"quoted\" \\ here")),
                Column("empty", .string(length: 40), default: .text("")),
                Column("digits", .string(length: 40), default: .text("12")),
                Column("null", .string(length: 40), nullable: true, default: .text("NULL")),
                Column("made", .timestamp(fractionDigits: 6), default: .currentTimestamp),
            ]
            let table = Table(Identifier(trial.name("t")), columns: columns)
            try await trial.create(table, on: connection)
            let model = try await trial.reflect(connection)
            for (column, read) in zip(columns, model.table(table.name)?.columns ?? []) {
                trial.expectEqual(
                    read.serverDefault,
                    column.serverDefault,
                    "The default of the column '\(column.name)'"
                )
            }
        },
        CaseDefinition("reflection.keysAndConstraintsComeBack", needs: [.schemaReflection]) { trial in
            let connection = try await trial.connect()
            let names = (unique: trial.name("uq"), check: trial.name("ck"))
            let table = Table(
                Identifier(trial.name("t")),
                columns: ["a", "b", "c", "d"].map { Column($0, .integer) },
                primaryKey: PrimaryKey(["c", "a"]),
                uniqueConstraints: [UniqueConstraint(["d", "b"], name: names.unique), UniqueConstraint(["b"])],
                checkConstraints: [CheckConstraint(unsafe: "a <> 0", name: names.check)]
            )
            let bare = Table(Identifier(trial.name("t")), columns: [Column("a", .integer)])
            try await trial.create(table, on: connection)
            try await trial.create(bare, on: connection)
            let model = try await trial.reflect(connection)
            let read = model.table(table.name)
            trial.expectEqual(read?.primaryKey?.columns, ["c", "a"], "The columns of the primary key")
            // To some databases a unique constraint and a unique index are one thing.
            let indexes = model.indexes.filter { $0.table == table.name }
            trial.expect(indexes.allSatisfy(\.isUnique), "There are indexes besides the constraints': \(indexes)")
            let uniques =
                (read?.uniqueConstraints ?? [])
                + indexes.map { UniqueConstraint($0.elements.map(\.column), name: $0.name) }
            trial.expectEqual(
                Set(uniques.map(\.columns)),
                [["d", "b"], ["b"]],
                "The columns of the unique constraints"
            )
            trial.expectEqual(uniques.count, 2, "The number of unique constraints")
            let unique = uniques.first { $0.columns.count == 2 }?.name
            trial.expectEqual(unique ?? names.unique, names.unique, "The name of a unique constraint")
            trial.expectEqual(read?.checkConstraints.count, 1, "The number of check constraints")
            let check = read?.checkConstraints.first?.name
            trial.expectEqual(check ?? names.check, names.check, "The name of a check constraint")
            let other = model.table(bare.name)
            trial.expectEqual(other?.primaryKey, nil, "The primary key of a table without one")
            trial.expectEqual(other?.uniqueConstraints, [], "The unique constraints of a table without one")
            trial.expectEqual(other?.checkConstraints, [], "The checks of a table without one")
        },
        CaseDefinition("reflection.foreignKeysComeBackWithTheirActions", needs: [.schemaReflection, .foreignKeys]) {
            trial in
            let connection = try await trial.connect()
            let parent = Table(
                Identifier(trial.name("t")),
                columns: [Column("a", .integer), Column("b", .integer)],
                primaryKey: PrimaryKey(["b", "a"])
            )
            try await trial.create(parent, on: connection)
            // No database is asked for SET DEFAULT: some take it and never do it.
            let actions: [(ForeignKey.Action, ForeignKey.Action)] = [
                (.cascade, .noAction), (.setNull, .cascade), (.noAction, .setNull), (.restrict, .restrict),
            ]
            let keys = actions.enumerated().map { position, action in
                ForeignKey(
                    ["x\(position)", "y\(position)"],
                    references: parent.name,
                    ["b", "a"],
                    onDelete: action.0,
                    onUpdate: action.1,
                    name: trial.name("fk")
                )
            }
            let child = Table(
                Identifier(trial.name("t")),
                columns: keys.flatMap(\.columns).map { Column($0, .integer, nullable: true) },
                foreignKeys: keys
            )
            try await trial.create(child, on: connection)
            let model = try await trial.reflect(connection)
            let read = model.table(child.name)?.foreignKeys ?? []
            trial.expectEqual(read.count, keys.count, "The number of foreign keys")
            for key in keys {
                guard var found = read.first(where: { $0.columns == key.columns }) else {
                    trial.expect(false, "The foreign key of \(key.columns) is not there: \(read)")
                    continue
                }
                found.name = found.name ?? key.name
                // The two are one action where no constraint waits for the end of a statement.
                if key.onDelete == .restrict, found.onDelete == .noAction { found.onDelete = .restrict }
                if key.onUpdate == .restrict, found.onUpdate == .noAction { found.onUpdate = .restrict }
                trial.expectEqual(found, key, "A foreign key")
            }
            trial.expectEqual(model.table(parent.name)?.foreignKeys, [], "The foreign keys of a table without one")
        },
        CaseDefinition("reflection.indexesComeBack", needs: [.schemaReflection]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeTable(
                ["a", "b", "c"].map { Column($0, .integer) },
                uniqueConstraints: [UniqueConstraint(["c"])],
                on: connection
            )
            var indexes = [
                Index(trial.name("ix"), on: table, ["b", "a"]), Index(trial.name("ix"), on: table, ["a"], unique: true),
            ]
            if trial.declares(.descendingIndexes) {
                indexes.append(Index(trial.name("ix"), on: table, [.descending("b"), "c", .descending("a")]))
            }
            for index in indexes.reversed() { try await trial.perform(.createIndex(index), on: connection) }
            let model = try await trial.reflect(connection)
            trial.expectEqual(model.indexes.filter { $0.table == table }, indexes, "The indexes, in their names' order")
        },
        CaseDefinition("reflection.whatWasDroppedOrRenamedIsGone", needs: [.schemaReflection]) { trial in
            let connection = try await trial.connect()
            let (kept, dropped) = (try await trial.makeCounters([], on: connection), Identifier(trial.name("t")))
            try await trial.create(Table(dropped, columns: [Column("id", .integer)]), on: connection)
            let index = Index(trial.name("ix"), on: kept, ["amount"])
            try await trial.perform(.createIndex(index), on: connection)
            let before = try await trial.reflect(connection)
            trial.expect(before.table(kept) != nil && before.table(dropped) != nil, "A new table is not there.")
            trial.expect(before.indexes.contains(index), "A new index is not there.")
            try await trial.perform(.dropTable(dropped), on: connection)
            try await trial.perform(.dropIndex(index.name, on: kept), on: connection)
            let added = Column("more", .integer, nullable: true)
            try await trial.perform(.addColumn(added, to: kept), on: connection)
            let new = Identifier(trial.name("renamed"))
            trial.dropLater(new)
            try await trial.perform(.renameTable(kept, to: new.name), on: connection)
            let after = try await trial.reflect(connection)
            trial.expectEqual(after.table(dropped), nil, "A table that was dropped")
            trial.expectEqual(after.table(kept), nil, "A table under its old name")
            trial.expectEqual(after.table(new)?.columns.last, added, "The column that was added")
            trial.expectEqual(after.indexes.filter { $0.name == index.name }, [], "An index that was dropped")
        },
        CaseDefinition("features.schemaReflectionIsAbsent", absent: .schemaReflection) { trial in
            guard let connection = try await trial.connect() as? any SchemaReflecting else { return }
            await trial.expectError(.unsupportedFeature, from: "A read of the schema") {
                try await connection.reflectSchema(nil)
            }
        },
    ]
}

extension Trial {
    /// Reads the session's schema.
    fileprivate func reflect(_ connection: any Connection) async throws(DatabaseError) -> SchemaModel {
        try await capability((any SchemaReflecting).self, of: connection).reflectSchema(nil)
    }
}
