#if MySQL
import DialectCore
import Testing

@testable import DialectMySQL

@Suite struct MySQLErrorsTests {
    private func error(_ code: Int, _ message: String = "", _ state: String? = nil) -> DatabaseError {
        MySQLDialect().error(for: NativeError(code: code, sqlState: state, message: message))
    }

    @Test(arguments: [
        (1062, DatabaseError.Code.uniqueViolation), (1451, .foreignKeyViolation), (1452, .foreignKeyViolation),
        (1048, .notNullViolation), (1364, .notNullViolation), (4025, .checkViolation), (3819, .checkViolation),
        (1213, .deadlock), (1205, .lockTimeout), (3572, .lockTimeout), (1020, .serializationFailure),
        (1317, .cancelled), (1969, .statementTimeout), (3024, .statementTimeout), (2006, .connectionLost),
        (2013, .connectionLost), (1053, .connectionLost), (1927, .connectionLost), (4031, .connectionLost),
        (1045, .authenticationFailed), (1698, .authenticationFailed), (1142, .permissionDenied),
        (1040, .connectionFailed),
        (2002, .connectionFailed), (1064, .syntaxError), (1146, .undefinedObject), (1054, .undefinedObject),
        (1050, .duplicateObject), (1061, .duplicateObject), (1406, .valueOutOfRange), (1264, .valueOutOfRange),
        (1366, .valueOutOfRange), (1153, .valueOutOfRange), (1792, .readOnlyViolation), (1290, .readOnlyViolation),
        (1568, .invalidTransactionState), (1114, .storageFull), (1194, .storageCorrupt), (1235, .unsupportedFeature),
        (9999, .other),
    ])
    func aNumberHasItsPortableCode(_ number: Int, _ code: DatabaseError.Code) {
        #expect(error(number).code == code)
        #expect(error(number).vendorCode == number)
    }

    @Test func aFullDiskIsFoundInTheWordsOfOtherErrors() {
        let full = [
            (1005, #"Can't create table `a`.`b` (errno: 28 "No space left on device")"#),
            (1030, "Got error 28 \"No space left on device\" from storage engine InnoDB"),
            (1005, #"Can't create table `a`.`b` (errno: 135 "No more room in record file")"#),
            (3, "Error writing file 'x' (Errcode: 28 \"No space left on device\")"),
        ]
        for (number, message) in full { #expect(error(number, message).code == .storageFull) }
        #expect(error(1005, #"Can't create table `a`.`28` (errno: 150 "Foreign key")"#).code == .other)
    }

    @Test(arguments: [
        ("40001", DatabaseError.Code.serializationFailure), ("22003", .valueOutOfRange),
        ("08S01", .connectionLost), ("28000", .authenticationFailed),
    ])
    func anUnknownNumberIsJudgedByItsState(_ state: String, _ code: DatabaseError.Code) {
        #expect(error(9999, "", state).code == code)
    }

    @Test(
        arguments: [
            ("Duplicate entry 'se'cret' for key 'email'", nil, "email"),
            ("Duplicate entry 'x' for key 'users.email'", "users", "email"),
            ("Duplicate entry 'a' for key 'b'' for key 'PRIMARY'", nil, "PRIMARY"),
        ] as [(String, String?, String)]
    )
    func aUniqueViolationNamesTheKeyAndNotTheValue(_ message: String, _ table: String?, _ key: String) {
        let error = error(1062, message, "23000")
        #expect(error.constraint == key)
        #expect(error.table == table)
        #expect(!error.description.contains("Duplicate") && !error.description.contains("cret"))
        #expect(error.debugDescription.contains("Duplicate"))
    }

    @Test func aForeignKeyViolationNamesTheConstraintTheTableAndTheColumns() {
        let error = error(
            1452,
            "Cannot add or update a child row: a foreign key constraint fails (`shop`.`orders`, CONSTRAINT `fk_user` "
                + "FOREIGN KEY (`user_id`, `shop_id`) REFERENCES `users` (`id`, `shop`) ON DELETE CASCADE)"
        )
        #expect(error.constraint == "fk_user")
        #expect(error.table == "orders")
        #expect(error.columns == ["user_id", "shop_id"])
    }

    @Test func aCheckViolationNamesTheConstraint() {
        let mariaDB = error(4025, "CONSTRAINT `positive` failed for `shop`.`orders`")
        #expect(mariaDB.constraint == "positive" && mariaDB.table == "orders")
        #expect(error(3819, "Check constraint 'positive' is violated.").constraint == "positive")
    }

    @Test func aNullNamesTheColumn() {
        #expect(error(1048, "Column 'email' cannot be null").columns == ["email"])
    }

    @Test func aMissingTableIsNamed() {
        #expect(error(1146, "Table 'shop.orders' doesn't exist").table == "orders")
        #expect(error(1054, "Unknown column 'o.x' in 'field list'").columns == ["x"])
    }
}
#endif
