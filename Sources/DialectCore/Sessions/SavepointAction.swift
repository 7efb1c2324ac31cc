/// What to do with a savepoint.
///
/// The name is an unquoted identifier.
public enum SavepointAction: Sendable, Hashable {
    /// Sets a savepoint.
    case set(String)
    /// Forgets a savepoint and keeps the work since it.
    case release(String)
    /// Undoes the work since a savepoint, which stays set.
    case rollBack(to: String)
}
