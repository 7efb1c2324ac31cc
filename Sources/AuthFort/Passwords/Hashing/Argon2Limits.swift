/// The largest cost that is accepted, so that a damaged or planted hash cannot stall the process or eat its memory.
enum Argon2Limits {
    /// 2 GiB, the first recommended choice of RFC 9106 section 4.
    static let maximumMemoryKiB = 2 << 20
    /// Memory times passes: 8 GiB, some 40 times the default.
    static let maximumWorkKiB = 8 << 20

    /// Whether the memory is enough for its lanes (libargon2 needs 8 KiB for each) and not too much.
    static func allowMemory(_ memoryKiB: Int, parallelism: Int) -> Bool {
        parallelism >= 1 && memoryKiB / 8 >= parallelism && memoryKiB <= maximumMemoryKiB
    }

    /// Whether the passes are not too many for memory that is allowed.
    static func allowWork(memoryKiB: Int, passes: Int) -> Bool {
        passes >= 1 && passes <= maximumWorkKiB / memoryKiB
    }
}
