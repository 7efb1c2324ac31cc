#if PostgreSQL
/// A type by its number in the server's catalog.
///
/// Those of the built-in types never change:
/// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/catalog/pg_type.dat
struct PostgreSQLType: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt32

    /// The server decides.
    static let unspecified = Self(rawValue: 0)
    static let bool = Self(rawValue: 16)
    static let bytea = Self(rawValue: 17)
    static let char = Self(rawValue: 18)
    static let name = Self(rawValue: 19)
    static let int8 = Self(rawValue: 20)
    static let int2 = Self(rawValue: 21)
    static let int4 = Self(rawValue: 23)
    static let text = Self(rawValue: 25)
    static let oid = Self(rawValue: 26)
    static let json = Self(rawValue: 114)
    static let float4 = Self(rawValue: 700)
    static let float8 = Self(rawValue: 701)
    static let unknown = Self(rawValue: 705)
    static let bpchar = Self(rawValue: 1042)
    static let varchar = Self(rawValue: 1043)
    static let date = Self(rawValue: 1082)
    static let time = Self(rawValue: 1083)
    static let timestamp = Self(rawValue: 1114)
    static let timestamptz = Self(rawValue: 1184)
    static let numeric = Self(rawValue: 1700)
    static let void = Self(rawValue: 2278)
    static let uuid = Self(rawValue: 2950)
    static let jsonb = Self(rawValue: 3802)

    /// Whether values of other kinds must be declared to become this type.
    ///
    /// The server takes text where nothing tells it the type of a parameter.
    var isText: Bool {
        switch self {
        case .text, .varchar, .bpchar, .name, .char, .unknown: true
        default: false
        }
    }
}
#endif
