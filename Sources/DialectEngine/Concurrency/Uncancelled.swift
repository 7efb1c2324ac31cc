/// Runs clean-up to its end although the calling task may be cancelled, and waits for it.
///
/// It runs in a task of its own, which nobody can cancel, on the same executor.
func uncancelled<Result: Sendable>(
    preferring executor: (any TaskExecutor)?,
    _ operation: @escaping @Sendable () async -> Result
) async -> Result {
    await Task(executorPreference: executor, operation: operation).value
}
