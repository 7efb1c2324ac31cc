#if PostgreSQL
internal import DialectCore

struct PostgreSQLOpenCursor {
    let number: UInt64
}

struct PostgreSQLOpenCopy {
    let number: UInt64
}

extension PostgreSQLConnection {
    func endOpenWork() async throws(DatabaseError) {}
}
#endif
