import AuthFortCommands

/// The executable `authfort`, with the dialects that the package traits picked.
@main
enum AuthFortCLI {
    static func main() async { await AuthFortCommand.main() }
}
