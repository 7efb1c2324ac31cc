/// When a connection may be opened after openings have failed.
///
/// After a failure the pool waits, then sends one probe; the wait doubles with each probe that fails, up to a cap. A
/// success ends it. So a server that is down or starting is not met by everybody at once. The cap is short, because it is
/// what a program waits for after its server is back; a probe that is refused costs next to nothing.
struct OpenBackoff: Sendable {
    /// In nanoseconds, as all times of the pool.
    static let shortest: Int64 = 10_000_000
    static let longest: Int64 = 80_000_000

    /// Failed rounds since the last success.
    private(set) var failures = 0
    /// The next probe is sent no earlier than this.
    ///
    /// Means something only after a failure.
    private(set) var retryAt = PoolInstant(nanoseconds: .min)

    /// Whether a connection may be opened now, while `inFlight` others are being opened.
    func allowsOpening(at now: PoolInstant, inFlight: Int) -> Bool {
        failures == 0 || (inFlight == 0 && retryAt <= now)
    }

    /// Notes that an opening failed.
    ///
    /// Those that began together fail together: they are one round.
    mutating func failed(at now: PoolInstant, random: inout SplitMix64) {
        guard failures == 0 || retryAt <= now else { return }
        let doublings = min(failures, 16)
        let wait = min(Self.shortest << Int64(doublings), Self.longest)
        // Between half of the wait and all of it, so that many processes do not probe in step.
        retryAt = now.advanced(by: wait / 2 + Int64(Double(wait / 2) * random.nextUnit()))
        failures += 1
    }

    /// Notes that an opening succeeded.
    mutating func succeeded() { failures = 0 }
}
