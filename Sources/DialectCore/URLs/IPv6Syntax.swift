/// The text form of IPv6 addresses: RFC 4291, section 2.2, with a zone after `%` as in RFC 4007, section 11.
enum IPv6Syntax {
    /// Whether a text, without brackets and percent-decoded, is an IPv6 address.
    static func matches(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        let end = bytes.firstIndex(of: UInt8(ascii: "%")) ?? bytes.endIndex
        // A zone that is there must have a name.
        guard end == bytes.endIndex || end + 1 < bytes.endIndex else { return false }
        return isAddress(bytes[..<end])
    }

    private static func isAddress(_ bytes: ArraySlice<UInt8>) -> Bool {
        var groups = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)[...]
        guard groups.count >= 3 else { return false }
        // Of a `::` at either end, one of the two empty groups goes, so that each `::` is left as one empty group.
        if groups[groups.startIndex].isEmpty {
            groups.removeFirst()
            guard groups[groups.startIndex].isEmpty else { return false }
        }
        if groups.count > 1, groups[groups.endIndex - 1].isEmpty {
            groups.removeLast()
            guard groups[groups.endIndex - 1].isEmpty else { return false }
        }
        let compressions = groups.count(where: \.isEmpty)
        var length = groups.count - compressions
        if let last = groups.last, last.contains(UInt8(ascii: ".")) {
            guard isIPv4(last) else { return false }
            groups.removeLast()
            length += 1
        }
        guard groups.allSatisfy({ $0.count <= 4 && $0.allSatisfy { URLCharacters.hexValue($0) != nil } }) else {
            return false
        }
        return compressions == 0 ? length == 8 : compressions == 1 && length <= 7
    }

    private static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let numbers = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return numbers.count == 4
            && numbers.allSatisfy { digits in
                // No leading zeros: some systems read them as octal.
                UInt8(String(decoding: digits, as: UTF8.self)).map { String($0).utf8.elementsEqual(digits) } ?? false
            }
    }
}
