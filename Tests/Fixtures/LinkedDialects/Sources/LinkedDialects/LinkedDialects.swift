import DialectCore

/// Prints the schemes of the dialects that are linked into this program, one in each line.
@main
enum LinkedDialects {
    static func main() throws {
        for scheme in try DialectRegistry.linked().schemes { print(scheme) }
    }
}
