#if PostgreSQL
/// What was sent over a session in pipeline mode and has no answer yet, in the order of the answers.
///
/// Everything up to a Sync is one implicit transaction: when one item fails, the server skips those behind it up to the
/// Sync. An item that is sent alone has a Sync before it and one behind it.
struct PipelineLedger<Item> {
    /// Something whose end the server tells.
    enum Entry {
        case item(Item)
        case sync
    }

    /// What to send for an item, in this order.
    enum Step: Equatable {
        case item
        case sync
    }

    private var entries: [Entry] = []
    private var first = 0
    /// How many items have no answer yet.
    private(set) var outstanding = 0
    /// Whether an item was sent after the last Sync.
    private(set) var needsSync = false

    /// Whether the server owes no answer.
    var isEmpty: Bool { first == entries.count }

    /// What the next answer is for.
    var head: Entry? { isEmpty ? nil : entries[first] }

    /// The item that the server works on, with no Sync to answer before it; nil when it owes none.
    var running: Item? {
        var position = first
        while position < entries.count {
            if case .item(let item) = entries[position] { return item }
            position += 1
        }
        return nil
    }

    /// Enters an item and the Syncs around it; returns what to send.
    mutating func add(_ item: Item, alone: Bool) -> [Step] {
        guard alone else {
            append(item)
            return [.item]
        }
        var steps: [Step] = []
        if addSync() { steps.append(.sync) }
        append(item)
        addSync()
        return steps + [.item, .sync]
    }

    /// Enters the Sync that ends a turn; false when there is nothing to end.
    @discardableResult
    mutating func addSync() -> Bool {
        guard needsSync else { return false }
        entries.append(.sync)
        needsSync = false
        return true
    }

    /// Takes the entry whose answer is complete.
    mutating func removeHead() -> Entry? {
        guard let head else { return nil }
        if case .item = head { outstanding -= 1 }
        first += 1
        // Moves what is left to the front, rarely enough that it costs nothing for each entry.
        if first == entries.count {
            entries.removeAll(keepingCapacity: true)
            first = 0
        } else if first >= 1024, first > entries.count / 2 {
            entries.removeSubrange(..<first)
            first = 0
        }
        return head
    }

    /// Takes all items, because their answers will not come any more.
    mutating func removeAll() -> [Item] {
        let left: [Item] = entries[first...].compactMap { entry in
            if case .item(let item) = entry { return item }
            return nil
        }
        self = PipelineLedger()
        return left
    }

    private mutating func append(_ item: Item) {
        entries.append(.item(item))
        outstanding += 1
        needsSync = true
    }
}
#endif
