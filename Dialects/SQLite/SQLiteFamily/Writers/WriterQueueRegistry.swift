internal import Locking

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file, whatever its path: what two paths to one file have in common.
struct FileIdentity: Sendable, Hashable {
    private let device: UInt64
    private let inode: UInt64

    /// The file at a path, or nil when there is none.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
    }
}

/// The writer queues of this process, one for each file that is open.
///
/// A lock on a file belongs to the process, so its queue is shared by every engine that has the file open.
enum WriterQueueRegistry {
    private struct Entry {
        weak var queue: WriterQueue?
    }

    private static let entries = Locked<[FileIdentity: Entry]>([:])

    /// The queue of a file, which lives as long as somebody holds it.
    static func queue(for file: FileIdentity) -> WriterQueue {
        entries.withLock { entries in
            if let queue = entries[file]?.queue { return queue }
            entries = entries.filter { $0.value.queue != nil }
            let queue = WriterQueue()
            entries[file] = Entry(queue: queue)
            return queue
        }
    }
}
