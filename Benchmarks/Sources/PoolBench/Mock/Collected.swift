import Synchronization

/// What several tasks append to, in the order in which they do.
final class Collected<Element: Sendable>: Sendable {
    private let all = Mutex<[Element]>([])

    var elements: [Element] { all.withLock { $0 } }

    func append(_ element: Element) { all.withLock { $0.append(element) } }
}
