/// The checkouts that wait, oldest first.
///
/// A linked list in an array: adding, answering the oldest and cancelling any of them is O(1) and allocates nothing
/// once the array has grown to the longest queue. Deadlines must not decrease from one waiter to the next.
struct WaiterQueue: Sendable {
    private struct Node: Sendable {
        var generation: UInt32 = 0
        var isWaiting = false
        /// The waiter that came next, or the next free node.
        var next = WaiterQueue.none
        var previous = WaiterQueue.none
        var deadline = PoolInstant.distantFuture
    }

    private static let none: Int32 = -1

    private var nodes: [Node] = []
    private var firstFree = none
    private var head = none
    private var tail = none
    /// How many wait.
    private(set) var count = 0

    var isEmpty: Bool { head == Self.none }

    /// When the oldest waiter has waited long enough.
    var firstDeadline: PoolInstant? { isEmpty ? nil : nodes[Int(head)].deadline }

    /// Adds a waiter behind all others.
    mutating func append(deadline: PoolInstant) -> WaiterID {
        let index = takeFreeNode()
        nodes[Int(index)].isWaiting = true
        nodes[Int(index)].deadline = deadline
        nodes[Int(index)].previous = tail
        if tail == Self.none { head = index } else { nodes[Int(tail)].next = index }
        tail = index
        count += 1
        return WaiterID(index: index, generation: nodes[Int(index)].generation)
    }

    /// Takes the oldest waiter out.
    mutating func popFirst() -> WaiterID? {
        guard !isEmpty else { return nil }
        let waiter = WaiterID(index: head, generation: nodes[Int(head)].generation)
        unlink(head)
        return waiter
    }

    /// Takes a waiter out, wherever it stands.
    ///
    /// False when it does not wait any more.
    mutating func remove(_ waiter: WaiterID) -> Bool {
        let node = nodes[Int(waiter.index)]
        guard node.isWaiting, node.generation == waiter.generation else { return false }
        unlink(waiter.index)
        return true
    }

    private mutating func takeFreeNode() -> Int32 {
        guard firstFree != Self.none else {
            nodes.append(Node())
            return Int32(nodes.count - 1)
        }
        let index = firstFree
        firstFree = nodes[Int(index)].next
        nodes[Int(index)].next = Self.none
        return index
    }

    private mutating func unlink(_ index: Int32) {
        let (next, previous) = (nodes[Int(index)].next, nodes[Int(index)].previous)
        if previous == Self.none { head = next } else { nodes[Int(previous)].next = next }
        if next == Self.none { tail = previous } else { nodes[Int(next)].previous = previous }
        nodes[Int(index)].generation &+= 1
        nodes[Int(index)].isWaiting = false
        nodes[Int(index)].next = firstFree
        firstFree = index
        count -= 1
    }
}
