internal import CUsage
internal import FoundationEssentials

/// What the process has used of the machine.
public enum ProcessUsage {
    /// The processor time so far, in user and kernel mode.
    public static var cpuSeconds: Double { cusage_cpu_seconds() }

    /// The most memory that was resident at any time, in KiB; nil where the system does not tell.
    public static var peakKibibytes: Int? { status("VmHWM") }

    /// The memory that is resident now, in KiB; nil where the system does not tell.
    public static var residentKibibytes: Int? { status("VmRSS") }

    /// The bytes that are allocated now; nil where the system does not tell.
    public static var allocatedBytes: Int? {
        let bytes = cusage_allocated_bytes()
        return bytes < 0 ? nil : Int(bytes)
    }

    /// Has all threads allocate from one arena, without which the allocated bytes are those of one thread.
    ///
    /// Works only before there are other threads.
    public static func allocateFromOneArena() { cusage_use_one_arena() }

    private static func status(_ name: String) -> Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
        let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
    }
}
