/// Who holds a lock and who waits for it, first come, first served.
///
/// A value without a clock or a thread: `WriterQueue` performs what it says.
struct WriterLine {
    /// One request for the lock.
    typealias Ticket = UInt64

    private(set) var holder: Ticket?
    private var waiting: Set<Ticket> = []
    /// The tickets in the order in which they came.
    ///
    /// Those that are not in `waiting` any more are skipped.
    private var order: [Ticket] = []
    private var front = 0

    var waiterCount: Int { waiting.count }

    /// The storage that the line needs, for the test that it stays in proportion.
    var orderCount: Int { order.count - front }

    /// Asks for the lock; returns whether it is granted at once.
    mutating func request(_ ticket: Ticket) -> Bool {
        guard holder != nil else {
            holder = ticket
            return true
        }
        waiting.insert(ticket)
        order.append(ticket)
        return false
    }

    /// Gives up waiting; returns false when the ticket does not wait.
    mutating func withdraw(_ ticket: Ticket) -> Bool {
        guard waiting.remove(ticket) != nil else { return false }
        // Each withdrawal leaves one ticket behind, so the cost of clearing them is spread over as many.
        if orderCount > 2 * waiting.count + 32 {
            order = order[front...].filter(waiting.contains)
            front = 0
        }
        return true
    }

    /// Gives the lock back; returns the ticket that has it now.
    mutating func release() -> Ticket? {
        holder = nil
        while front < order.count {
            let next = order[front]
            front += 1
            guard waiting.remove(next) != nil else { continue }
            holder = next
            break
        }
        if front == order.count {
            order.removeAll(keepingCapacity: true)
            front = 0
        }
        return holder
    }
}
