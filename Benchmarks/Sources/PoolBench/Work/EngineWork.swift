/// What the tasks of a benchmark do with an engine, again and again.
enum EngineWork: String, CaseIterable, Sendable {
    /// Checks a connection out for each select.
    case select
    /// Runs each select by `engine.execute`.
    case selectByExecute = "select-execute"
    /// Runs each select by `engine.read`, which may share sessions.
    case selectByRead = "select-read"
    /// Runs 100 selects in one checkout.
    case selectTogether = "select-together"
    /// Inserts an entry and updates an account, in a transaction.
    case transaction
    /// Fetches 10,000 rows of four columns in one connection.
    case rows
    /// Checks a connection out and in again.
    case checkout
    /// Checks a connection out, lets other tasks run, and checks it in: so that there are tasks that wait.
    case crowdedCheckout = "checkout-crowded"
    /// Inserts 100,000 rows by `insert(into:columns:rows:)`.
    case bulk
    /// Inserts 100,000 rows whose values are made beforehand by `openBulkInsert`.
    case bulkWriter = "bulk-writer"
    /// Holds a connection of the mock for a while.
    case hold
    /// Lets 10,000 tasks wait for a connection, and weighs them.
    case memoryOfWaiting = "memory-waiting"
    /// Opens 64 connections, and weighs them.
    case memoryOfIdle = "memory-idle"
}
