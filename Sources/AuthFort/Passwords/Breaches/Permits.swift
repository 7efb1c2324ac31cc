import Locking

/// A fixed number of permits that tasks take and give back; those that find none wait in line.
final class Permits: Sendable {
    private struct State: Sendable {
        var free: Int
        var waiting = TicketQueue<CheckedContinuation<Bool, Never>>()
    }

    private let state: Monitor<State>

    init(_ count: Int) {
        state = Monitor(State(free: count))
    }

    /// Tasks that wait for a permit.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Runs `body` with a permit.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before it gets one, and what `body` throws.
    func withPermit<Value>(_ body: () async throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        guard await acquire() else { throw CancellationError() }
        defer { release() }
        return try await body()
    }

    private func acquire() async -> Bool {
        let ticket = state.withLock { $0.waiting.reserveTicket() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isGranted = state.withLock { state in
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append(continuation, ticket: ticket)
                    return false
                }
                if isGranted {
                    continuation.resume(returning: true)
                } else if Task.isCancelled {
                    // A cancellation before the line above found nothing to withdraw.
                    withdraw(ticket)
                }
            }
        } onCancel: {
            withdraw(ticket)
        }
    }

    private func withdraw(_ ticket: UInt64) {
        state.withLock { $0.waiting.withdraw(ticket) }?.resume(returning: false)
    }

    /// Hands the permit to the task that waits longest, if any.
    private func release() {
        let next = state.withLock { state in
            let next = state.waiting.popFirst()
            if next == nil { state.free += 1 }
            return next
        }
        next?.resume(returning: true)
    }
}
