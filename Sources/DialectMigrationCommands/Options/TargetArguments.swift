internal import ArgumentParser
internal import DialectMigrations

/// A target among a command's arguments.
///
/// `-1` looks like an option, so whatever the parser does not know is taken, and what is no target is refused here.
struct TargetArguments: ParsableArguments {
    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp(
            "'head', 'heads', 'base', a revision or the beginning of one, or steps such as '+1', '-1' and '003+1'.",
            valueName: "target"
        )
    )
    var words: [String] = []

    func validate() throws {
        guard let unknown = words.first(where: { $0.hasPrefix("-") && !Self.isRelative($0) }) else { return }
        throw ValidationError("Unknown option '\(unknown)'.")
    }

    /// The one target, or another when there is none.
    func target(default other: MigrationTarget? = nil) throws -> MigrationTarget {
        if words.count == 1 { return MigrationTarget(words[0]) }
        if words.isEmpty, let other { return other }
        throw ValidationError(words.isEmpty ? "Name a target." : "Name one target, not \(words.count).")
    }

    private static func isRelative(_ word: String) -> Bool {
        if case .relative(_, nil) = MigrationTarget(word) { true } else { false }
    }
}
