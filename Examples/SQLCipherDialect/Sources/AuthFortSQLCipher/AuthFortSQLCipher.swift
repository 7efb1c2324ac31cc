import AuthFortCommands

/// The command `authfort` for encrypted files: linking the dialect is all that it takes.
@main
enum AuthFortSQLCipher {
    static func main() async { await AuthFortCommand.main() }
}
