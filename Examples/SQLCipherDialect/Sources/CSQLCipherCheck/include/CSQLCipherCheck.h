// Empty: the target is for its compilation alone.
