/// A connection that knows more about its database than a dialect can without one.
///
/// Servers of one family differ in what they can do and in how a schema is best spelled. A session finds out at its
/// opening which server it has, and offers a dialect that suits it. Code that has a connection, such as a migrator,
/// takes this dialect instead of the engine's.
public protocol DialectRefining: Connection {
    /// The dialect as it suits this session's server; nil when there is nothing to add to the engine's.
    var refinedDialect: (any Dialect)? { get }
}
