internal import CArgon2

/// Calls `body` with the UTF-8 bytes of a secret text, in memory that nobody else has and that is zeroed afterwards.
///
/// Swift's own storage of the text is out of reach; this keeps further copies from staying behind.
func withWipedBytes<Value>(of text: String, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Value) -> Value {
    let utf8 = text.utf8
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: utf8.count)
    _ = bytes.initialize(from: utf8)
    defer {
        authfort_wipe(bytes.baseAddress, bytes.count)
        bytes.deallocate()
    }
    return body(bytes)
}
