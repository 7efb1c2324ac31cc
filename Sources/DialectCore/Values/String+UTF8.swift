extension String {
    /// Copies text from its bytes; nil where they are not valid UTF-8.
    ///
    /// Most text in databases is ASCII, which is seen faster than the standard library's generic validation begins.
    @usableFromInline
    init?(validatingUTF8 bytes: UnsafeRawBufferPointer) {
        if bytes.isASCII {
            self = bytes.withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
        } else {
            self.init(validating: bytes, as: UTF8.self)
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether no byte has its highest bit set.
    fileprivate var isASCII: Bool {
        var offset = 0
        while offset + 8 <= count {
            guard loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 else {
                return false
            }
            offset += 8
        }
        while offset < count {
            guard self[offset] < 0x80 else { return false }
            offset += 1
        }
        return true
    }
}
