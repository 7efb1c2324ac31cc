#if MySQL
internal import CLibMariaDB
internal import DialectCore

/// Ends the statement that another session runs.
///
/// A session of its own, because the other one is busy; opened where that one was opened.
struct MySQLKill: Sendable {
    enum Outcome: Sendable, Hashable {
        /// The server has done it: the mark is set, on the statement that ran at that moment or on the next one.
        case delivered
        /// Nothing was sent, and nothing will come.
        case notSent
        /// It may have been sent, so it may still come.
        case unknown
    }

    let options: MySQLOptions
    let endpoint: MySQLOptions.Endpoint
    let facts: MySQLSession.Facts

    /// How long it may take to be of use, when the network or a machine is slow; else it takes a few milliseconds.
    ///
    /// A session whose statement could not be killed by then is given up, and the server may go on with the statement.
    static let limit = Duration.seconds(2)

    func perform() async -> Outcome {
        let errand = MySQLErrand<Outcome>(dispose: { _ in })
        do {
            return try await errand.run(within: Self.limit) { errand in .success(perform(errand)) }
        } catch {
            return .unknown
        }
    }

    private func perform(_ errand: MySQLErrand<Outcome>) -> Outcome {
        let opening = MySQLOpening(options: options, willWait: errand.willWait)
        do throws(DatabaseError) {
            let session = try opening.connect(endpoint, until: .now + Self.limit)
            // Behind one name or address there may be several servers, each with sessions of the same numbers.
            let identity = try session.firstRow("SELECT CONCAT(@@hostname, ':', @@port)").first ?? nil
            guard identity == facts.identity else { return .notSent }
            let sql = "KILL QUERY \(facts.id)"
            if mysql_real_query(session.handle, sql, UInt(sql.utf8.count)) == 0 { return .delivered }
            return MySQLCode.isLoss(session.failure.code) ? .unknown : .notSent
        } catch {
            return .notSent
        }
    }
}
#endif
