import Foundation
import Locking

/// A signal that the process sends itself at one call of its connection, counted from 1.
struct Fault: Sendable {
    enum Moment: String, Sendable { case before, after }

    var moment: Moment
    var call: Int
    var signal: Int32
}

/// Counts the calls of a connection, and strikes at one of them.
final class CallCounter: Sendable {
    private let fault: Fault?
    private let counter = Locked(0)

    init(_ fault: Fault?) { self.fault = fault }

    /// How many calls were made.
    var calls: Int { counter.withLock { $0 } }

    func count<Result, Failure: Error>(_ body: () async throws(Failure) -> Result) async throws(Failure) -> Result {
        let call = counter.withLock { count in
            count += 1
            return count
        }
        strike(.before, call)
        // An error is an answer too.
        defer { strike(.after, call) }
        return try await body()
    }

    private func strike(_ moment: Fault.Moment, _ call: Int) {
        guard let fault, fault.moment == moment, fault.call == call else { return }
        // For whoever waits for the stop.
        print("at call \(call)")
        fflush(nil)
        // To this thread: one for the process may be heard by another thread, while this one goes on.
        raise(fault.signal)
    }
}
