import HeapModule

/// A pool in virtual time: as the real one it opens a connection for who finds none, up to its size, and serves strictly
/// in the order of arrival.
struct VirtualPool {
    let size: Int
    /// How long a connection takes to open, in microseconds.
    let connect: Int

    /// What a trace would have met.
    struct Outcome {
        /// The wait of each checkout, in microseconds, in the order of arrival.
        var waits: [Int] = []
        /// The share of the time in which connections were in use.
        var utilization = 0.0
        /// The most checkouts that waited at once.
        var longestQueue = 0
    }

    /// Replays a trace; connections are kept as long as they were in the recording.
    func replay(_ trace: Trace) -> Outcome {
        var outcome = Outcome()
        // The moments at which connections become free, and those at which waiting checkouts were served.
        var free = Heap<Int>()
        var served = Heap<Int>()
        var opened = 0
        var held = 0
        var end = 0
        for checkout in trace.checkouts {
            if opened < size, free.min.map({ $0 > checkout.arrival }) ?? true {
                opened += 1
                free.insert(checkout.arrival + connect)
            }
            // Never empty: at least one was opened.
            let start = max(checkout.arrival, free.popMin() ?? checkout.arrival)
            free.insert(start + checkout.hold)
            while let first = served.min, first <= checkout.arrival { served.removeMin() }
            if start > checkout.arrival { served.insert(start) }
            outcome.longestQueue = max(outcome.longestQueue, served.count)
            outcome.waits.append(start - checkout.arrival)
            held += checkout.hold
            end = max(end, start + checkout.hold)
        }
        let time = end - (trace.checkouts.first?.arrival ?? 0)
        outcome.utilization = time > 0 ? Double(held) / (Double(time) * Double(size)) : 0
        return outcome
    }
}
