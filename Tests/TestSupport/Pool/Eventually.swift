/// Waits until a condition holds that other tasks bring about; false when they do not within a minute.
///
/// It gives way to other tasks instead of sleeping, so it takes as long as they do.
public func eventually(_ condition: () -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
        if condition() { return true }
        await Task.yield()
    }
    return false
}
