internal import HeapModule

/// Deadlines and what to do at them, the earliest first.
struct TimerQueue {
    /// Names a timer.
    struct Token: Hashable {
        fileprivate let number: UInt64
    }

    private struct Entry: Comparable {
        let deadline: ContinuousClock.Instant
        let token: Token

        static func < (left: Entry, right: Entry) -> Bool {
            (left.deadline, left.token.number) < (right.deadline, right.token.number)
        }

        static func == (left: Entry, right: Entry) -> Bool { left.token == right.token }
    }

    private var heap = Heap<Entry>()
    /// The actions of the timers that were not removed; the heap still has those that were.
    private var actions: [Token: () -> Void] = [:]
    private var lastNumber: UInt64 = 0

    var isEmpty: Bool { actions.isEmpty }

    mutating func add(at deadline: ContinuousClock.Instant, _ action: @escaping () -> Void) -> Token {
        lastNumber += 1
        let token = Token(number: lastNumber)
        heap.insert(Entry(deadline: deadline, token: token))
        actions[token] = action
        return token
    }

    /// Forgets a timer.
    ///
    /// Most timers are removed long before their time, so the heap is cleared of them only when they are the majority.
    mutating func remove(_ token: Token) {
        guard actions.removeValue(forKey: token) != nil else { return }
        if heap.count > 64, heap.count > 2 * actions.count {
            let living = actions
            heap = Heap(heap.unordered.filter { living[$0.token] != nil })
        }
    }

    /// Takes an action whose time has come.
    mutating func popExpired(now: ContinuousClock.Instant) -> (() -> Void)? {
        while let first = heap.min, first.deadline <= now {
            heap.removeMin()
            if let action = actions.removeValue(forKey: first.token) { return action }
        }
        return nil
    }

    /// How long until the next deadline, rounded up; -1 without one.
    mutating func millisecondsUntilNext(now: ContinuousClock.Instant) -> Int32 {
        while let first = heap.min, actions[first.token] == nil { heap.removeMin() }
        guard let next = heap.min?.deadline else { return -1 }
        let left = now.duration(to: next).components
        guard left.seconds >= 0, left.attoseconds >= 0 else { return 0 }
        return Int32(clamping: left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1)
    }
}
