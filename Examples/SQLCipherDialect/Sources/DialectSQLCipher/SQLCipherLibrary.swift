internal import DialectCore
internal import SQLiteFamily

/// Whether the functions that the program calls are SQLCipher's.
///
/// sqlite3 has functions of the same names, and the linker takes those that it meets first. With sqlite3's, a key would
/// be ignored, or the program would crash, and what is written would be there for everybody to read.
enum SQLCipherLibrary {
    private static let advice =
        "SQLite and SQLCipher export functions of the same names, so a program can have only one of them: build it without "
        + "the package trait 'SQLite' (traits: [] at the dependency on swift-authfort), and link no other library that "
        + "brings sqlite3 along."

    /// Refuses a program that has a dialect for plain SQLite too.
    ///
    /// One of the two would run on the other's library, and which one is the linker's choice.
    static func refuseOtherDialect(in registry: DialectRegistry) throws(DatabaseError) {
        guard let other = try? registry.dialect(for: "sqlite") else { return }
        throw DatabaseError(
            .invalidConfiguration,
            "The dialect \(type(of: other).name) for plain databases is linked into this program beside SQLCipher's. "
                + advice
        )
    }

    /// Refuses an open session that is not SQLCipher's, before it gets a key.
    static func refuseOtherLibrary(_ session: borrowing SQLiteSession) throws(DatabaseError) {
        // A PRAGMA that sqlite3 does not know gives nothing.
        if try session.run("PRAGMA cipher_version") != nil { return }
        throw DatabaseError(
            .invalidConfiguration,
            "This program calls the functions of plain SQLite where it should call SQLCipher's, and would store everything "
                + "unencrypted. " + advice
        )
    }
}
