/// Which dialect serves which URL scheme.
///
/// A value: it never changes after it was made.
///
/// `linked()` has the dialects that are linked into the program; tests and programs that load dialects in other ways make
/// one by hand. A scheme without a dialect, and two dialects for one scheme, are errors.
public struct DialectRegistry: Sendable {
    private let types: [String: any Dialect.Type]

    /// Makes a registry from dialect types.
    ///
    /// The same type may be given twice.
    ///
    /// - Throws: `DatabaseError` with code `duplicateScheme` when two different types have one scheme.
    public init(_ dialects: [any Dialect.Type]) throws(DatabaseError) {
        var types: [String: any Dialect.Type] = [:]
        for dialect in dialects {
            for scheme in dialect.schemes.map({ $0.lowercased() }) {
                if let other = types[scheme], other != dialect {
                    throw DatabaseError(
                        .duplicateScheme,
                        "The scheme '\(scheme)' belongs to two linked dialects, \(other) and \(dialect); link only one."
                    )
                }
                types[scheme] = dialect
            }
        }
        self.types = types
    }

    /// The dialects that are linked into this program.
    ///
    /// - Throws: `DatabaseError` with code `duplicateScheme` when two of them have one scheme.
    public static func linked() throws(DatabaseError) -> DialectRegistry { try found.get() }

    /// Read from the binary once.
    private static let found = Result { () throws(DatabaseError) in try DialectRegistry(linkedDialectTypes()) }

    /// The schemes that have a dialect, sorted.
    public var schemes: [String] { types.keys.sorted() }

    /// Makes the dialect for a URL scheme, in any case of letters.
    ///
    /// - Throws: `DatabaseError` with code `unknownScheme`; the message lists the schemes that are there, the nearest of
    ///   them, and the package trait that adds the scheme where this package has one.
    public func dialect(for scheme: String) throws(DatabaseError) -> any Dialect {
        guard let type = types[scheme.lowercased()] else { throw unknown(scheme) }
        return type.init()
    }

    private func unknown(_ scheme: String) -> DatabaseError {
        var message = "No linked dialect has the URL scheme '\(scheme)'."
        if let trait = PackageTrait(addingScheme: scheme), types[withoutDriver(scheme)] == nil {
            message += " \(trait.advice)"
        }
        if schemes.isEmpty {
            message += " This build has no dialect at all."
        } else {
            message += " Schemes in this build: \(schemes.joined(separator: ", "))."
            if let nearest = nearestMatch(to: scheme.lowercased(), in: schemes) {
                message += " Did you mean '\(nearest)'?"
            }
        }
        return DatabaseError(.unknownScheme, message)
    }
}
