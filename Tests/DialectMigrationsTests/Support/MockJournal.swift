import DialectCore

/// The journal of a `MockDatabase`: the rows of the one table that has more than one column.
struct MockJournal: Sendable, Equatable {
    static let columns = ["revision", "direction", "position", "hash", "statement", "state", "noted_at"]

    /// The values of the columns.
    private(set) var rows: [[SQLValue]] = []

    /// The revision, text and state of each row.
    var lines: [String] {
        rows.map { row in
            [0, 4, 5].map { if case .text(let text) = row[$0] { text } else { "?" } }.joined(separator: " ")
        }
    }

    /// Runs a statement on the journal; returns how many rows it hit.
    mutating func run(_ sql: String, _ parameters: [SQLValue]) -> Int {
        let count = rows.count
        switch sql.prefix(while: { $0 != " " }) {
        case "INSERT":
            let width = Self.columns.count
            for start in stride(from: 0, to: parameters.count, by: width) {
                rows.append(Array(parameters[start..<start + width]))
            }
        case "UPDATE":
            let key = Array(parameters[2..<4])
            let positions = Array(parameters.dropFirst(4))
            let hit = rows.indices.filter { index in
                Array(rows[index].prefix(2)) == key && Self.isPosition(rows[index][2], within: positions)
            }
            for index in hit { rows[index].replaceSubrange(5...6, with: parameters.prefix(2)) }
            return hit.count
        case "DELETE":
            // With a direction, there is a state as well.
            let key = Array(parameters.prefix(2))
            rows.removeAll { row in
                Array(row.prefix(key.count)) == key && (parameters.count < 3 || row[5] == parameters[2])
            }
        default: rows = []
        }
        return abs(rows.count - count)
    }

    /// Whether a position is greater than the first bound and not greater than the second, if there are any.
    private static func isPosition(_ position: SQLValue, within bounds: [SQLValue]) -> Bool {
        guard case .integer(let position) = position, bounds.count == 2, case .integer(let lower) = bounds[0],
            case .integer(let upper) = bounds[1]
        else { return bounds.isEmpty }
        return position > lower && position <= upper
    }

    /// The rows as a result.
    var result: Rows {
        var builder = RowsBuilder(columns: ResultColumns(Self.columns.map { ResultColumn(name: $0) }))
        for cell in rows.joined() {
            switch cell {
            case .text(let text): Array(text.utf8).withUnsafeBytes { builder.append(.text, bytes: $0) }
            case .integer(let integer): builder.append(integer)
            case .timestamp(let time): builder.append(time)
            default: builder.appendNull()
            }
        }
        return builder.finish()
    }
}
