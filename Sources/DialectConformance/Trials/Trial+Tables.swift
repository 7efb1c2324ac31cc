internal import DialectCore

extension Trial {
    /// Performs a schema operation as the dialect spells it.
    func perform(_ operation: SchemaOperation, on connection: any Connection) async throws(DatabaseError) {
        for statement in try dialect.statements(for: operation, in: SchemaModel()) {
            try await connection.execute(statement)
        }
    }

    /// Performs a schema operation that older releases of a database may lack; returns whether this one has it.
    ///
    /// - Throws: `DatabaseError` with any code but `unsupportedFeature`, the only one that says so.
    func performs(_ operation: SchemaOperation, on connection: any Connection) async throws(DatabaseError) -> Bool {
        do {
            try await perform(operation, on: connection)
            return true
        } catch {
            guard error.code == .unsupportedFeature else { throw error }
            return false
        }
    }

    /// Creates a table and drops it when the case is over.
    func create(_ table: Table, on connection: any Connection) async throws(DatabaseError) {
        dropLater(table.name)
        try await perform(.createTable(table), on: connection)
    }

    /// Creates a table with a primary key `id` and these columns.
    func makeTable(
        _ columns: [Column] = [],
        uniqueConstraints: [UniqueConstraint] = [],
        foreignKeys: [ForeignKey] = [],
        checkConstraints: [CheckConstraint] = [],
        on connection: any Connection
    ) async throws(DatabaseError) -> Identifier {
        let table = Table(
            Identifier(name("t")),
            columns: [Column("id", .integer)] + columns,
            primaryKey: PrimaryKey(["id"]),
            uniqueConstraints: uniqueConstraints,
            foreignKeys: foreignKeys,
            checkConstraints: checkConstraints
        )
        try await create(table, on: connection)
        return table.name
    }

    /// Creates a table of counters: `id` and `amount`, with one row of amount 0 for each id.
    func makeCounters(_ ids: [Int], on connection: any Connection) async throws(DatabaseError) -> Identifier {
        let table = try await makeTable([Column("amount", .bigInteger)], on: connection)
        for id in ids { try await insert(id, 0, into: table, on: connection) }
        return table
    }

    func insert(
        _ id: Int,
        _ amount: Int,
        into table: Identifier,
        on connection: any Connection
    ) async throws(DatabaseError) {
        try await connection.execute("INSERT INTO \(identifier: table) (id, amount) VALUES (\(id), \(amount))")
    }

    func amount(of id: Int, in table: Identifier, on connection: any Connection) async throws(DatabaseError) -> Int {
        try await value("SELECT amount FROM \(identifier: table) WHERE id = \(id)", on: connection)
    }

    func count(of table: Identifier, on connection: any Connection) async throws(DatabaseError) -> Int {
        try await value("SELECT COUNT(*) FROM \(identifier: table)", on: connection)
    }

    /// The first cell of the first row.
    func value<Value: SQLDecodable & Sendable>(
        _ statement: Statement,
        as type: Value.Type = Value.self,
        on connection: any Connection
    ) async throws(DatabaseError) -> Value {
        let result = try await connection.execute(statement)
        guard let row = result.rows.first else {
            throw DatabaseError(.decodingFailed, "The statement '\(statement)' gave no row.")
        }
        return try row.decode(type, at: 0)
    }

    /// Creates a table of the digits 0 to 9 in a column `n`, the seed of results of any length.
    func makeDigits(on connection: any Connection) async throws(DatabaseError) -> Identifier {
        let table = Table(Identifier(name("digits")), columns: [Column("n", .integer)])
        try await create(table, on: connection)
        var statement: Statement = "INSERT INTO \(identifier: table.name) (n) VALUES "
        for digit in 0..<10 {
            let row: Statement = "\(unsafe: digit == 0 ? "" : ", ")(\(digit))"
            statement.append(row)
        }
        try await connection.execute(statement)
        return table.name
    }

    /// The numbers from 0 to ten to the power of `digits`, in no particular order, in a column `n`.
    func numbers(_ digits: Int, from table: Identifier) -> Statement {
        let sum = (0..<digits).map { "d\($0).n * 1\(String(repeating: "0", count: $0))" }.joined(separator: " + ")
        return "SELECT \(unsafe: sum) AS n FROM \(join(digits, of: table))"
    }

    /// A statement that runs for many seconds and reads only.
    func slowStatement(on connection: any Connection) async throws(DatabaseError) -> Statement {
        if let statement = target.slowStatement { return statement }
        let digits = try await makeDigits(on: connection)
        return "SELECT COUNT(*) FROM \(join(10, of: digits)) WHERE \(unsafe: "d0.n + d9.n") >= 0"
    }

    private func join(_ count: Int, of table: Identifier) -> Statement {
        var statement = Statement()
        for position in 0..<count {
            let part: Statement = "\(unsafe: position == 0 ? "" : ", ")\(identifier: table) d\(unsafe: "\(position)")"
            statement.append(part)
        }
        return statement
    }
}
