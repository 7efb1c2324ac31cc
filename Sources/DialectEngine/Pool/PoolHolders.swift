/// Which tasks have the connections of a pool, and which of them wait for another one.
struct PoolHolders: Sendable {
    private struct Holder: Sendable {
        /// What tells the task from others; nil outside of any.
        let task: Int?
        var isWaiting = false
    }

    /// The holders, each at the index of its connection's slot.
    private var holders: [Holder?] = []
    private var count = 0
    private var waiting = 0

    /// Notes that a connection was handed out.
    mutating func add(_ task: Int?, at connection: ConnectionID) {
        while holders.count <= Int(connection.index) { holders.append(nil) }
        holders[Int(connection.index)] = Holder(task: task)
        count += 1
    }

    /// Notes that a connection came back.
    mutating func remove(_ connection: ConnectionID) {
        guard let holder = holders[Int(connection.index)].take() else { return }
        count -= 1
        if holder.isWaiting { waiting -= 1 }
    }

    /// Whether a task has a connection.
    func contains(_ task: Int) -> Bool { holders.contains { $0?.task == task } }

    /// Notes that a task waits for a connection, or waits no longer, if it has one already.
    mutating func setWaiting(_ task: Int?, _ isWaiting: Bool) {
        guard let task,
            let index = holders.firstIndex(where: { $0?.task == task && $0?.isWaiting == !isWaiting })
        else { return }
        holders[index]?.isWaiting = isWaiting
        waiting += isWaiting ? 1 : -1
    }

    /// Whether every connection that is out is a waiting task's, so that none comes back.
    var areAllWaiting: Bool { count > 0 && waiting == count }
}
