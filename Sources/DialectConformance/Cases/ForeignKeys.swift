internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// What foreign keys do besides refusing.
    static let foreignKeys: [CaseDefinition] = [
        CaseDefinition("foreignKeys.aDeleteIsFollowed", needs: [.foreignKeys]) { trial in
            let connection = try await trial.connect()
            for (action, left) in [(ForeignKey.Action.cascade, [2]), (.setNull, [1, 2])] {
                let (parent, child) = try await trial.makeFamily(onDelete: action, on: connection)
                try await connection.execute("DELETE FROM \(identifier: parent) WHERE id = 1")
                trial.expectEqual(
                    try await trial.ids(in: child, on: connection),
                    left,
                    "Children after \(action.rawValue)"
                )
                let orphans: Int = try await trial.value(
                    "SELECT COUNT(*) FROM \(identifier: child) WHERE parent IS NULL",
                    on: connection
                )
                trial.expectEqual(orphans, left.count - 1, "Children without a parent after \(action.rawValue)")
            }
        },
        CaseDefinition("foreignKeys.aKeysChangeIsFollowed", needs: [.foreignKeys]) { trial in
            let connection = try await trial.connect()
            let (parent, child) = try await trial.makeFamily(onUpdate: .cascade, on: connection)
            try await connection.execute("UPDATE \(identifier: parent) SET id = 10 WHERE id = 1")
            let parents = try await connection.execute("SELECT parent FROM \(identifier: child) ORDER BY id").rows
            trial.expectEqual(try parents.map { try $0.decode(Int.self) }, [10, 2], "The children's keys")
        },
        CaseDefinition("foreignKeys.restrictedDeletesAreRefused", needs: [.foreignKeys]) { trial in
            let connection = try await trial.connect()
            for action in [ForeignKey.Action.restrict, .noAction] {
                let (parent, _) = try await trial.makeFamily(onDelete: action, on: connection)
                await trial.expectError(.foreignKeyViolation, from: "A delete with \(action.rawValue)") {
                    try await connection.execute("DELETE FROM \(identifier: parent) WHERE id = 1")
                }
            }
        },
        CaseDefinition("foreignKeys.mayHaveSeveralColumns", needs: [.foreignKeys]) { trial in
            let connection = try await trial.connect()
            let parent = Table(
                Identifier(trial.name("t")),
                columns: [Column("a", .integer), Column("b", .string(length: 20))],
                primaryKey: PrimaryKey(["a", "b"])
            )
            try await trial.create(parent, on: connection)
            let child = try await trial.makeTable(
                [Column("x", .string(length: 20)), Column("y", .integer)],
                foreignKeys: [ForeignKey(["y", "x"], references: parent.name, ["a", "b"])],
                on: connection
            )
            try await connection.execute("INSERT INTO \(identifier: parent.name) (a, b) VALUES (1, 'one')")
            try await connection.execute("INSERT INTO \(identifier: child) (id, x, y) VALUES (1, 'one', 1)")
            await trial.expectError(.foreignKeyViolation, from: "A child of half a key") {
                try await connection.execute("INSERT INTO \(identifier: child) (id, x, y) VALUES (2, 'two', 1)")
            }
        },
    ]
}

extension Trial {
    /// A table with the rows 1 and 2, and one whose rows 1 and 2 reference them.
    fileprivate func makeFamily(
        onDelete: ForeignKey.Action = .noAction,
        onUpdate: ForeignKey.Action = .noAction,
        on connection: any Connection
    ) async throws(DatabaseError) -> (parent: Identifier, child: Identifier) {
        let parent = try await makeCounters([1, 2], on: connection)
        let key = ForeignKey(["parent"], references: parent, ["id"], onDelete: onDelete, onUpdate: onUpdate)
        let child = try await makeTable(
            [Column("parent", .integer, nullable: true)],
            foreignKeys: [key],
            on: connection
        )
        try await connection.execute("INSERT INTO \(identifier: child) (id, parent) VALUES (1, 1), (2, 2)")
        return (parent, child)
    }
}
