import ArgumentParser
import DialectMigrationCommands

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Gets a password without putting it on the command line, where every process of the machine could read it.
enum PasswordPrompt {
    static let variable = "AUTHFORT_PASSWORD"

    /// The password in the environment, or else the first line of standard input, which is not echoed on a terminal.
    static func read() throws -> String {
        if let value = getenv(variable) { return String(cString: value) }
        guard let line = isatty(STDIN_FILENO) == 1 ? readWithoutEcho() : readLine() else {
            throw ValidationError("No password: set \(variable), or give the password on standard input.")
        }
        return line
    }

    private static func readWithoutEcho() -> String? {
        printError("Password: ", terminator: "")
        var original = termios()
        guard tcgetattr(STDIN_FILENO, &original) == 0 else { return readLine() }
        var silent = original
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &original)
            printError("")
        }
        return readLine()
    }
}
