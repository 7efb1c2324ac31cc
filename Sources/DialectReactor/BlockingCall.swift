public import DialectCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Calls that block and must not hold up a reactor: each runs on a thread of its own, which ends with it.
///
/// For what a connection needs now and then, such as asking for a host's address or for the end of a statement.
public enum BlockingCall {
    /// Starts a call.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed` when the system refuses a thread.
    public static func start(_ body: @escaping @Sendable () -> Void) throws(DatabaseError) {
        let context = Unmanaged.passRetained(Body(run: body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(&thread, &attributes, { runBody($0) }, context.toOpaque())
        #else
        var thread = pthread_t()
        let code = pthread_create(&thread, &attributes, { $0.flatMap(runBody) }, context.toOpaque())
        #endif
        guard code == 0 else {
            context.release()
            throw DatabaseError(
                .connectionFailed,
                "The system refused a thread for a call that blocks (error \(code)); raise the process's limits.",
                vendorCode: Int(code)
            )
        }
    }
}

private final class Body {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runBody(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
