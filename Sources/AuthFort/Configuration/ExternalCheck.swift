/// Whether a check asks a service outside of the application, and what happens when no answer can be had.
public enum ExternalCheck: Sendable, Hashable {
    /// Nobody is asked.
    case off
    /// The check runs; the value is accepted when the service cannot be reached.
    case failOpen
    /// The check runs; the value is rejected when the service cannot be reached.
    case failClosed
}
