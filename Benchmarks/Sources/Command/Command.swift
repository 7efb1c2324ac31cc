import AuthFortCommands

@main
enum Command {
    static func main() async { await AuthFortCommand.main() }
}
