extension MigrationOperation {
    /// The operation in a few words, for whoever reads a plan.
    ///
    /// A statement is shown as its text without bound values.
    public var summary: String {
        switch self {
        case .schema(let operation): operation.summary
        case .statement(let statement):
            "run \(statement.description.split(whereSeparator: \.isNewline).joined(separator: " "))"
        case .data(let summary, _): summary
        case .irreversible(let reason): "irreversible: \(reason)"
        }
    }
}
