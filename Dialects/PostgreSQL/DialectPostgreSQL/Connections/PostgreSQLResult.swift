#if PostgreSQL
internal import CLibPQ
internal import DialectCore

/// A result of libpq's, which it owns.
struct PostgreSQLResult: ~Copyable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { PQclear(pointer) }

    var status: ExecStatusType { PQresultStatus(pointer) }

    var isError: Bool {
        status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_NONFATAL_ERROR
    }

    /// The command tag, such as `INSERT 0 1`.
    var tag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

    /// How many rows an INSERT, UPDATE, DELETE or MERGE changed; 0 for other commands, which count rows too.
    var affectedRows: Int {
        guard let tag = PQcmdStatus(pointer), Self.counting.contains(where: { Self.begins(tag, with: $0) }) else {
            return 0
        }
        return PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    private static let counting: [StaticString] = ["INSERT ", "UPDATE ", "DELETE ", "MERGE "]

    private static func begins(_ text: UnsafePointer<CChar>, with prefix: StaticString) -> Bool {
        prefix.withUTF8Buffer { prefix in
            // Never beyond the end of the text: its NUL equals no byte of the prefix.
            for (index, byte) in prefix.enumerated() where UInt8(bitPattern: text[index]) != byte { return false }
            return true
        }
    }

    /// What the error says.
    func failure(of statement: String?) -> PostgreSQLFailure {
        PostgreSQLFailure(
            sqlState: field("C"),
            message: field("M") ?? PQresultErrorMessage(pointer).map { String(cString: $0) } ?? "",
            details: [field("D"), field("H")].compactMap { $0 },
            constraint: field("n"),
            table: field("t"),
            column: field("c"),
            statement: statement
        )
    }

    // https://www.postgresql.org/docs/current/protocol-error-fields.html
    /// A field of an error.
    private func field(_ code: Unicode.Scalar) -> String? {
        PQresultErrorField(pointer, Int32(code.value)).map { String(cString: $0) }
    }
}
#endif
