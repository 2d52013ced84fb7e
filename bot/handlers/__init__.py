"""One module per feature, thin: read, one use case, one reply."""
