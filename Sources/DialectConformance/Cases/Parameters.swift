internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Bound values: their order, their number and their places.
    static let parameters: [CaseDefinition] = [
        CaseDefinition("parameters.keepTheirOrder") { trial in
            let connection = try await trial.connect()
            let names = (0..<20).map { "c\($0)" }
            let table = try await trial.makeTable(names.map { Column($0, .integer) }, on: connection)
            try await connection.execute(
                "INSERT INTO \(identifier: table) (id, \(identifiers: names)) VALUES (1, \(values: 100..<120))"
            )
            let row = try await connection.execute("SELECT \(identifiers: names) FROM \(identifier: table)").rows.first
            let numbers = try (0..<20).map { try row?.decode(Int.self, at: $0) }
            trial.expectEqual(numbers, Array(100..<120), "Twenty columns in order")
        },
        CaseDefinition("parameters.maySayTheSameTwice") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1, 2, 3], on: connection)
            let (one, three) = (1, 3)
            let count: Int = try await trial.value(
                "SELECT COUNT(*) FROM \(identifier: table) WHERE id = \(one) OR id = \(three) OR id = \(one) OR id = \(three)",
                on: connection
            )
            trial.expectEqual(count, 2, "Rows found with each parameter twice")
        },
        CaseDefinition("parameters.standInEveryPlace") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeTable(
                [Column("name", .text, nullable: true), Column("amount", .integer)],
                on: connection
            )
            for id in 1...4 {
                try await connection.execute(
                    "INSERT INTO \(identifier: table) (id, name, amount) VALUES (\(id), \("n\(id)"), \(id * 10))"
                )
            }
            let changed = try await connection.execute(
                "UPDATE \(identifier: table) SET name = \("new"), amount = amount + \(5) WHERE amount BETWEEN \(20) AND \(30)"
            )
            trial.expectEqual(changed.affectedRows, 2, "Rows of the update")
            let found = try await connection.execute(
                """
                SELECT id, CASE WHEN amount > \(30) THEN \("much") ELSE \("little") END AS label
                FROM \(identifier: table)
                WHERE name LIKE \("n%") AND id IN (\(values: [1, 2, 3, 4])) AND amount + \(1) > \(11)
                GROUP BY id, name, amount HAVING COUNT(*) >= \(1) ORDER BY id LIMIT \(2)
                """
            ).rows
            trial.expectEqual(try found.map { try $0.decode(Int.self, at: 0) }, [2, 3], "The ids")
            trial.expectEqual(try found.map { try $0.decode(String.self, at: 1) }, ["little", "much"], "The labels")
            let gone = try await connection.execute("DELETE FROM \(identifier: table) WHERE name = \("new")")
            trial.expectEqual(gone.affectedRows, 2, "Rows of the delete")
        },
        CaseDefinition("parameters.mayBeNull") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeTable([Column("name", .text, nullable: true)], on: connection)
            try await connection.execute(
                "INSERT INTO \(identifier: table) (id, name) VALUES (\(1), \("x")), (\(2), \(String?.none))"
            )
            try await connection.execute("UPDATE \(identifier: table) SET name = \(String?.none) WHERE id = \(1)")
            let equal = try await connection.execute(
                "SELECT id FROM \(identifier: table) WHERE name = \(String?.none) OR id IN (\(values: [Int]()))"
            )
            trial.expectEqual(equal.rows.count, 0, "Rows that equal null")
            let fallback: String = try await trial.value(
                "SELECT COALESCE(name, \("none")) FROM \(identifier: table) WHERE id = 1",
                on: connection
            )
            trial.expectEqual(fallback, "none", "What stands for null")
        },
        CaseDefinition("parameters.mayChangeTheirTypeFromRunToRun") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeTable([Column("v", .double, nullable: true)], on: connection)
            let values: [SQLValue] = [.double(1.5), .null, .integer(2), .double(-3.25), .null, .integer(-4)]
            for (id, value) in values.enumerated() {
                try await connection.execute("INSERT INTO \(identifier: table) (id, v) VALUES (\(id), \(value))")
            }
            let rows = try await connection.execute("SELECT v FROM \(identifier: table) ORDER BY id").rows
            trial.expectEqual(
                try rows.map { try $0.decode(Double?.self) },
                [1.5, nil, 2, -3.25, nil, -4],
                "One statement run with values of several types"
            )
        },
        CaseDefinition("parameters.mayBeHundreds") { trial in
            let connection = try await trial.connect()
            let digits = try await trial.makeDigits(on: connection)
            // 999 is what older releases of SQLite take.
            for count in [1, 2, 500, 999] {
                let found: Int = try await trial.value(
                    "SELECT COUNT(*) FROM \(identifier: digits) WHERE n IN (\(values: (0..<count).map { $0 * 3 }))",
                    on: connection
                )
                trial.expectEqual(found, count == 1 ? 1 : count == 2 ? 2 : 4, "Rows found with \(count) parameters")
            }
        },
        CaseDefinition("parameters.tooManyAreRefused") { trial in
            let connection = try await trial.connect()
            let digits = try await trial.makeDigits(on: connection)
            do throws(DatabaseError) {
                let found: Int = try await trial.value(
                    "SELECT COUNT(*) FROM \(identifier: digits) WHERE n IN (\(values: 0..<70_000))",
                    on: connection
                )
                trial.expectEqual(found, 10, "Rows found with 70,000 parameters")
            } catch {
                trial.expect(error.code != .connectionLost, "70,000 parameters cost the session: \(error)")
            }
            await trial.expectUsable(connection, after: "a statement with 70,000 parameters")
        },
        CaseDefinition("parameters.oneTooFewIsRefused") { trial in
            let connection = try await trial.connect()
            let placeholder = trial.dialect.placeholder(at: 1)
            await trial.expectError(
                .syntaxError,
                .other,
                .valueNotRepresentable,
                .undefinedObject,
                from: "A placeholder without a value"
            ) {
                try await connection.execute(Statement(unsafe: "SELECT 1 WHERE 1 = \(placeholder)"))
            }
            await trial.expectUsable(connection, after: "a placeholder without a value")
        },
        CaseDefinition("parameters.areNeverTakenForSQL") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeTable([Column("name", .text)], on: connection)
            let hostile = [
                "' OR '1'='1", "'; DROP TABLE x; --", "\\' OR 1=1 --", "\" OR \"\"=\"", "$1", "?", ":a", "%s",
            ]
            for (id, text) in hostile.enumerated() {
                try await connection.execute("INSERT INTO \(identifier: table) (id, name) VALUES (\(id), \(text))")
                let found: Int = try await trial.value(
                    "SELECT COUNT(*) FROM \(identifier: table) WHERE name = \(text)",
                    on: connection
                )
                trial.expectEqual(found, 1, "Rows found by \(text)")
            }
        },
    ]
}
