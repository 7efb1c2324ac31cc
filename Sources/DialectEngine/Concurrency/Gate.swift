import Locking

/// Lets tasks wait until something has happened once.
final class Gate: Sendable {
    private enum State {
        case closed([UnsafeContinuation<Void, Never>])
        case open
    }

    private let state = Locked(State.closed([]))

    /// Lets everybody through, now and later.
    func open() {
        let waiting: [UnsafeContinuation<Void, Never>] = state.withLock { state in
            guard case .closed(let waiting) = state else { return [] }
            state = .open
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until the gate is open.
    func wait() async {
        await withUnsafeContinuation { continuation in
            let isOpen = state.withLock { state in
                guard case .closed(let waiting) = state else { return true }
                state = .closed(waiting + [continuation])
                return false
            }
            if isOpen { continuation.resume() }
        }
    }
}
