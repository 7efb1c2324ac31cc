/// Who checks a connection out: a task, at a place in the source.
struct PoolUser: Sendable {
    /// The file of the call, such as `Shop/Orders.swift`.
    let fileID: StaticString
    /// The line of the call.
    let line: UInt
    /// What tells a running task from the others; nil outside of any.
    let task: Int?

    /// The current task, at a place.
    init(fileID: StaticString, line: UInt) {
        self.fileID = fileID
        self.line = line
        task = Self.currentTask
    }

    /// What tells the current task from the others; nil outside of any.
    static var currentTask: Int? { withUnsafeCurrentTask { $0?.hashValue } }
}

extension PoolUser: CustomStringConvertible {
    /// The place, such as `Shop/Orders.swift:42`.
    var description: String { "\(fileID):\(line)" }
}
