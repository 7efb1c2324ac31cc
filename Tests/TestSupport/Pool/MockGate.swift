import DialectCore

/// Lets calls of a mock through, or holds them until a test opens the gate.
final class MockGate: Sendable {
    private struct State: Sendable {
        var isHolding = false
        var lastTicket = 0
        var held: [Int: CheckedContinuation<Bool, Never>] = [:]
        var cancelled: Set<Int> = []
    }

    private let state = Guarded(State())

    var heldCount: Int { state.withLock { $0.held.count } }

    func hold() { state.withLock { $0.isHolding = true } }

    func open() {
        let held = state.withLock { state in
            state.isHolding = false
            defer { state.held = [:] }
            return state.held.values
        }
        for continuation in held { continuation.resume(returning: true) }
    }

    /// Returns when the gate is open; false when the task was cancelled first, if the call can be cancelled.
    func pass(isCancellable: Bool) async -> Bool {
        let ticket: Int? = state.withLock { state in
            guard state.isHolding else { return nil }
            state.lastTicket += 1
            return state.lastTicket
        }
        guard let ticket else { return !(isCancellable && Task.isCancelled) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if isCancellable, state.cancelled.remove(ticket) != nil { return false }
                    guard state.isHolding else { return true }
                    state.held[ticket] = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            guard isCancellable else { return }
            let continuation = state.withLock { state in
                let continuation = state.held.removeValue(forKey: ticket)
                if continuation == nil { state.cancelled.insert(ticket) }
                return continuation
            }
            continuation?.resume(returning: false)
        }
    }
}
