/// Gives way to other tasks until something is so.
///
/// It ends with an error when the test's time limit cancels it, so that what never happens fails instead of hanging.
func until(_ condition: @Sendable () -> Bool) async throws {
    while !condition() {
        try Task.checkCancellation()
        await Task.yield()
    }
}
