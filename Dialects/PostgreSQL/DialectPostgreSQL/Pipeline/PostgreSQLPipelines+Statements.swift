#if PostgreSQL
internal import CLibPQ
internal import DialectCore

// From a text and its values to what is sent.
extension PostgreSQLPipelines {
    /// Sends a read, or lets it wait until its statement is prepared on the session.
    func start(_ read: PipelinedRead, on lane: PostgreSQLLane, alone: Bool = false) {
        planEndOfTurn()
        guard let plain = lane.statements.statement(for: read.sql) else { return prepare(read, on: lane) }
        run(read, plain, on: lane, alone: alone)
    }

    /// Sends a read with its statement, or one that was prepared for the kinds of its values.
    func run(_ read: PipelinedRead, _ statement: PostgreSQLStatement, on lane: PostgreSQLLane, alone: Bool) {
        guard statement.types.count == read.values.count else {
            return read.answer(.failure(.miscounted(statement, read.values)))
        }
        guard let declared = statement.declarations(for: read.values) else {
            return send(read, statement, on: lane, alone: alone)
        }
        let key = PostgreSQLStatement.key(read.sql, declaring: declared)
        if let other = lane.statements.statement(for: key) {
            send(read, other, on: lane, alone: alone)
        } else {
            prepare(read, declaring: declared, on: lane)
        }
    }

    func send(_ read: PipelinedRead, _ statement: PostgreSQLStatement, on lane: PostgreSQLLane, alone: Bool) {
        do throws(DatabaseError) {
            guard try lane.send(read, statement, alone: alone) else { return lose(lane, .lostLane(lane)) }
        } catch {
            read.answer(.failure(error))
        }
    }

    func prepare(_ read: PipelinedRead, declaring declared: [PostgreSQLType] = [], on lane: PostgreSQLLane) {
        if let preparation = lane.preparations[PostgreSQLStatement.key(read.sql, declaring: declared)] {
            preparation.reads.append(read)
            return
        }
        let command = PostgreSQLCommand(read.sql)
        if let error = command.refusalToShare(read.sql) { return read.answer(.failure(error)) }
        let preparation = PostgreSQLLane.Preparation(
            read.sql,
            command,
            named: lane.statements.nextName(),
            declaring: declared
        )
        preparation.reads.append(read)
        if !lane.send(preparation) { lose(lane, .lostLane(lane)) }
    }

    /// Runs what waited for a statement, which is described now.
    func finish(_ preparation: PostgreSQLLane.Preparation, on lane: PostgreSQLLane) {
        lane.preparations[preparation.key] = nil
        let reads = preparation.reads.filter { !$0.isAbandoned }
        guard let statement = preparation.statement, preparation.failure == nil else {
            return refuse(reads, preparation, on: lane)
        }
        lane.statements.insert(statement)
        for read in reads {
            if preparation.declared.isEmpty {
                run(read, statement, on: lane, alone: false)
            } else {
                send(read, statement, on: lane, alone: false)
            }
        }
        if !lane.statements.keeps(statement.sql, statement.command) { lane.statements.remove(statement) }
        planEndOfTurn()
    }

    private func refuse(
        _ reads: [PipelinedRead],
        _ preparation: PostgreSQLLane.Preparation,
        on lane: PostgreSQLLane
    ) {
        let error =
            preparation.failure
            ?? DatabaseError(.other, "The server did not describe the statement.", statement: preparation.sql)
        for read in reads {
            let mayBeMistaken = error.sqlState == "57014" && lane.cancels > 0
            if mayBeMistaken, read.attempts.verdict(on: .cancelled, mayBeMistaken: true) != .deliver {
                submit(read)
            } else {
                read.answer(.failure(error))
            }
        }
    }
}

extension PostgreSQLCommand {
    /// Why a statement cannot share a session, nil when it may try: the server refuses what writes in a function.
    func refusalToShare(_ sql: String) -> DatabaseError? {
        if sql.utf8.contains(0) {
            return DatabaseError(.syntaxError, "The statement has a NUL character in its text; remove it.")
        }
        switch keyword {
        case "SELECT", "VALUES", "TABLE", "WITH", "SHOW", "EXPLAIN": break
        default:
            return DatabaseError(
                .readOnlyViolation,
                "A shared session takes only statements that read, not \(keyword); run it with execute.",
                statement: sql
            )
        }
        guard changesSession else { return nil }
        return DatabaseError(
            .unsupportedFeature,
            "The statement changes its session, which it would share with others; run it with execute.",
            statement: sql
        )
    }
}

extension PostgreSQLStatement {
    /// The statement that a preparation made.
    convenience init(_ preparation: PostgreSQLLane.Preparation, describedBy result: borrowing PostgreSQLResult) {
        self.init(
            key: preparation.key,
            name: preparation.name,
            sql: preparation.sql,
            command: preparation.command,
            types: (0..<PQnparams(result.pointer)).map { PostgreSQLType(rawValue: PQparamtype(result.pointer, $0)) },
            reader: PQnfields(result.pointer) > 0 ? PostgreSQLRowReader(result) : nil
        )
    }
}

extension DatabaseError {
    static func miscounted(_ statement: PostgreSQLStatement, _ values: [SQLValue]) -> DatabaseError {
        DatabaseError(
            .syntaxError,
            "The statement has \(statement.types.count) placeholders and \(values.count) bound values; interpolate the "
                + "values instead of writing placeholders by hand.",
            statement: statement.sql
        )
    }
}
#endif
