internal import CDialectCore

/// What a dialect leaves in the binary so that it is found by being linked.
///
/// A dialect's package holds one such record, and needs neither an import nor a call anywhere else:
///
///     #if objectFormat(MachO)
///     @section("__DATA,dk_dialects") @used
///     #else
///     @section("dk_dialects") @used
///     #endif
///     private let record: DialectRecord = (0x4449_414C, 1, { out, _ in linkDialect(MyDialect.self, into: out) })
///
/// The first number is `DIAL` in ASCII, the second the version of this layout. The section attribute is SE-0492.
public typealias DialectRecord = (
    magic: UInt32,
    version: UInt32,
    accessor: @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer?) -> Bool
)

/// Writes a dialect's type where the registry asks for it.
///
/// Called by the accessor of a `DialectRecord`.
public func linkDialect(_ type: any Dialect.Type, into out: UnsafeMutableRawPointer) -> Bool {
    out.initializeMemory(as: (any Dialect.Type).self, to: type)
    return true
}

/// The dialects whose records are in this binary.
func linkedDialectTypes() -> [any Dialect.Type] {
    // The linker gives the bounds of the section; without any record both are null.
    guard let first = dialect_records_begin(), let end = dialect_records_end() else { return [] }
    return UnsafeBufferPointer(start: first, count: end - first).compactMap { record in
        guard record.magic == 0x4449_414C, record.version == 1, let accessor = record.accessor else { return nil }
        return withUnsafeTemporaryAllocation(of: (any Dialect.Type).self, capacity: 1) { slot in
            guard let out = slot.baseAddress, accessor(out, nil) else { return nil }
            return out.move()
        }
    }
}
