import FoundationEssentials

/// A checkout as it was recorded, in microseconds.
struct RecordedCheckout: Sendable, Comparable {
    /// When it was asked for, from the beginning of the recording.
    var arrival: Int
    /// How long the connection was kept.
    var hold: Int
    /// How long it was waited for, where that was recorded.
    var wait: Int?

    static func < (left: RecordedCheckout, right: RecordedCheckout) -> Bool { left.arrival < right.arrival }
}

/// A recording of checkouts: a text file with a line `arrival,hold[,wait]` for each, in microseconds.
struct Trace: Sendable {
    /// In the order of their arrival.
    let checkouts: [RecordedCheckout]

    init(_ checkouts: [RecordedCheckout]) { self.checkouts = checkouts.sorted() }

    /// Reads a file; lines that begin with `#` are comments.
    init(path: String) throws {
        let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        var checkouts: [RecordedCheckout] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let fields = line.split(separator: ",").map { Int($0) }
            guard fields.count == 2 || fields.count == 3, !fields.contains(nil), let arrival = fields[0],
                let hold = fields[1], arrival >= 0, hold >= 0
            else { throw Failure.wrong("line \(number + 1) of \(path) is not arrival,hold[,wait]: \(line)") }
            checkouts.append(RecordedCheckout(arrival: arrival, hold: hold, wait: fields.count == 3 ? fields[2] : nil))
        }
        guard !checkouts.isEmpty else { throw Failure.wrong("\(path) has no checkout in it") }
        self.init(checkouts)
    }

    func write(to path: String) throws {
        var text = "# arrival,hold,wait in microseconds\n"
        for checkout in checkouts {
            text += "\(checkout.arrival),\(checkout.hold)" + (checkout.wait.map { ",\($0)" } ?? "") + "\n"
        }
        try text.write(to: URL(filePath: path), atomically: true, encoding: .utf8)
    }

    /// The waits that were recorded; nil unless all were.
    var recordedWaits: [Int]? {
        let waits = checkouts.compactMap(\.wait)
        return waits.count == checkouts.count ? waits : nil
    }
}
