#if MySQL
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What OpenSSL wants of a thread on which several sessions take turns; libmariadb does not see to it.
enum OpenSSL {
    private typealias Clear = @convention(c) () -> Void

    /// The library is reached by name, because whether libmariadb was built with it is known only when the program runs.
    private static let clearErrors: Clear? = {
        #if canImport(Darwin)
        let anywhere = UnsafeMutableRawPointer(bitPattern: -2)
        #else
        let anywhere: UnsafeMutableRawPointer? = nil
        #endif
        // The type is that of the function of this name since OpenSSL 0.9.
        return dlsym(anywhere, "ERR_clear_error").map { unsafeBitCast($0, to: Clear.self) }
    }()

    /// Prepares the calling thread for a session's next operation.
    ///
    /// A thread has one queue of errors, and OpenSSL takes one that another session left there for one of the session that
    /// reads now. And OpenSSL writes to a socket whose peer is gone so that the system sends a signal that ends the program,
    /// unless the thread blocks it.
    ///
    /// https://docs.openssl.org/3.0/man3/SSL_get_error/
    static func prepareThread() {
        clearErrors?()
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
#endif
