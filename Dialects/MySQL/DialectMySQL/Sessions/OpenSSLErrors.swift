#if MySQL
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// OpenSSL's queue of errors, of which each thread has one.
///
/// OpenSSL takes an error that an earlier session left there for one of the session that reads now, so a reactor's thread
/// has to clear the queue before each operation; libmariadb does not. The library is reached by name, because whether
/// libmariadb was built with it is known only when the program runs.
///
/// https://docs.openssl.org/3.0/man3/SSL_get_error/
enum OpenSSLErrors {
    private typealias Clear = @convention(c) () -> Void

    private static let clearError: Clear? = {
        #if canImport(Darwin)
        let anywhere = UnsafeMutableRawPointer(bitPattern: -2)
        #else
        let anywhere: UnsafeMutableRawPointer? = nil
        #endif
        // The type is that of the function of this name since OpenSSL 0.9.
        return dlsym(anywhere, "ERR_clear_error").map { unsafeBitCast($0, to: Clear.self) }
    }()

    /// Forgets the errors of the calling thread.
    static func clear() { clearError?() }
}
#endif
