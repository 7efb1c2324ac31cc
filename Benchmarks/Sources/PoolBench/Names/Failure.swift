/// Why there is no figure, or why one would mean nothing.
enum Failure: Error, CustomStringConvertible {
    /// A C program failed; it has said why.
    case program(String)
    /// What came is not what was asked for.
    case wrong(String)
    /// There is no benchmark of this name.
    case unknown(String)
    /// The database has no such work.
    case notForDatabase(String)
    /// There is no database for the benchmark; the variable would have its URL.
    case noDatabase(String)

    var description: String {
        switch self {
        case .program(let name): "The C program \(name) failed."
        case .wrong(let what): "The result is not what it must be: \(what)."
        case .unknown(let name): "There is no benchmark \(name); see pool-bench help run."
        case .notForDatabase(let name): "There is no \(name): the database cannot do that, or nobody has written it."
        case .noDatabase(let variable): "\(variable) is not set; Benchmarks/servers.sh makes databases and sets it."
        }
    }
}
