internal import CArgon2

/// The calls into libargon2.
///
/// They block the calling thread for as long as the hash takes.
enum Argon2 {
    /// libargon2 refused to compute a hash; `code` is one of its `ARGON2_…` numbers.
    struct Failure: Error, Hashable {
        let code: Int32

        /// Whether the memory for the computation could not be had.
        var isOutOfMemory: Bool { code == ARGON2_MEMORY_ALLOCATION_ERROR.rawValue }
    }

    /// Whether the password has this hash.
    ///
    /// The tags are compared in constant time.
    static func verify(_ password: String, against hash: Argon2Hash) throws(Failure) -> Bool {
        var computed = hash
        let result = run(password, into: &computed) { context in
            hash.tag.withUnsafeBytes { expected in
                argon2_verify_ctx(&context, expected.bindMemory(to: CChar.self).baseAddress, hash.variant.native)
            }
        }
        switch result {
        case ARGON2_OK.rawValue: return true
        case ARGON2_VERIFY_MISMATCH.rawValue: return false
        default: throw Failure(code: result)
        }
    }

    /// Computes the tag of `hash` from its parameters and salt.
    static func fill(_ hash: inout Argon2Hash, from password: String) throws(Failure) {
        let variant = hash.variant.native
        let result = run(password, into: &hash) { context in argon2_ctx(&context, variant) }
        guard result == ARGON2_OK.rawValue else { throw Failure(code: result) }
    }

    /// Lanes are computed one after the other (`threads` is 1), so that a hash takes no more than its own thread.
    private static func run(
        _ password: String,
        into hash: inout Argon2Hash,
        _ body: (inout argon2_context) -> Int32
    ) -> Int32 {
        withWipedBytes(of: password) { password in
            hash.tag.withUnsafeMutableBufferPointer { tag in
                hash.salt.withUnsafeMutableBufferPointer { salt in
                    var context = argon2_context()
                    context.out = tag.baseAddress
                    context.outlen = UInt32(tag.count)
                    context.pwd = password.baseAddress
                    context.pwdlen = UInt32(clamping: password.count)
                    context.salt = salt.baseAddress
                    context.saltlen = UInt32(salt.count)
                    context.t_cost = UInt32(hash.passes)
                    context.m_cost = UInt32(hash.memoryKiB)
                    context.lanes = UInt32(hash.parallelism)
                    context.threads = 1
                    context.version = hash.version.rawValue
                    context.flags = 0
                    return body(&context)
                }
            }
        }
    }
}

extension Argon2Hash.Variant {
    fileprivate var native: argon2_type {
        switch self {
        case .argon2d: Argon2_d
        case .argon2i: Argon2_i
        case .argon2id: Argon2_id
        }
    }
}
