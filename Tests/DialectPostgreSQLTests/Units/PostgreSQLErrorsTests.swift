#if PostgreSQL
import DialectCore
import Testing

@testable import DialectPostgreSQL

@Suite struct PostgreSQLErrorsTests {
    @Test(arguments: [
        ("23505", DatabaseError.Code.uniqueViolation), ("23503", .foreignKeyViolation), ("23502", .notNullViolation),
        ("23514", .checkViolation), ("40001", .serializationFailure), ("40P01", .deadlock), ("55P03", .lockTimeout),
        ("57014", .cancelled), ("25P02", .invalidTransactionState), ("25006", .readOnlyViolation),
        ("28P01", .authenticationFailed), ("28000", .authenticationFailed), ("3D000", .undefinedObject),
        ("53300", .connectionFailed), ("53100", .storageFull), ("57P01", .connectionLost), ("57P03", .connectionFailed),
        ("42501", .permissionDenied), ("42P01", .undefinedObject), ("42703", .undefinedObject),
        ("42P07", .duplicateObject), ("42601", .syntaxError), ("22003", .valueOutOfRange), ("22P02", .valueOutOfRange),
        ("08006", .connectionLost), ("0A000", .unsupportedFeature), ("XX001", .storageCorrupt), ("P0001", .other),
    ])
    func eachStateHasACode(state: String, code: DatabaseError.Code) {
        let error = PostgreSQLDialect().error(for: NativeError(code: 0, sqlState: state, message: "secret row data"))
        #expect(error.code == code)
        #expect(error.sqlState == state)
        #expect(!error.description.contains("secret"))
        #expect(error.debugDescription.contains("secret row data"))
    }

    @Test func anErrorWithoutAStateIsNotClassified() {
        #expect(PostgreSQLDialect().error(for: NativeError(code: 1, message: "of libpq")).code == .other)
    }

    @Test func aTimeoutOfTheServerIsNoCancellation() {
        let failure = PostgreSQLFailure(sqlState: "57014", message: "canceling statement due to statement timeout")
        #expect(failure.error().code == .statementTimeout)
    }

    @Test(arguments: [
        (
            "connection to server failed: FATAL:  28P01: password authentication failed",
            DatabaseError.Code.authenticationFailed
        ),
        ("FATAL:  3D000: database \"x\" does not exist", .undefinedObject),
        ("FATAL:  53300: sorry, too many clients already", .connectionFailed),
        ("FATAL:  57P03: the database system is starting up", .connectionFailed),
        ("FATAL:  42501: permission denied for database", .permissionDenied),
        ("connection refused", .connectionFailed),
    ])
    func aRefusedConnectionIsClassified(text: String, code: DatabaseError.Code) {
        let server = PostgreSQLServerAddress(host: "db", port: 5433)
        let error = PostgreSQLOpening.refusal(text, from: server, needsPassword: false)
        #expect(error.code == code)
        #expect(error.message.contains("db:5433"))
    }
}
#endif
