"""A critical path method of its own, in two dialects."""
