/// The actions of one step, in the order in which to perform them.
///
/// Two actions are held inline, so the usual step allocates nothing; more go into an array.
struct PoolActions: Sequence, Sendable {
    private var first: PoolAction?
    private var second: PoolAction?
    private var rest: [PoolAction] = []

    init() {}

    var isEmpty: Bool { first == nil }

    mutating func append(_ action: PoolAction) {
        if first == nil {
            first = action
        } else if second == nil {
            second = action
        } else {
            rest.append(action)
        }
    }

    /// Calls `body` with each action, without the iterator's copy of them.
    @inline(__always)
    func forEach(_ body: (PoolAction) -> Void) {
        guard let first else { return }
        body(first)
        guard let second else { return }
        body(second)
        for action in rest { body(action) }
    }

    func makeIterator() -> Iterator { Iterator(actions: self) }

    struct Iterator: IteratorProtocol {
        fileprivate let actions: PoolActions
        private var position = 0

        fileprivate init(actions: PoolActions) { self.actions = actions }

        mutating func next() -> PoolAction? {
            defer { position += 1 }
            switch position {
            case 0: return actions.first
            case 1: return actions.second
            case let other: return other - 2 < actions.rest.count ? actions.rest[other - 2] : nil
            }
        }
    }
}
