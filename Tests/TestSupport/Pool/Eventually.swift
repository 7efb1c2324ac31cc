/// Waits until a condition holds that other tasks bring about; false when they do not within very many turns.
///
/// It gives way to other tasks instead of sleeping, so it takes as long as they do.
public func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<1_000_000 {
        if condition() { return true }
        await Task.yield()
    }
    return false
}
