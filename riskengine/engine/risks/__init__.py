"""What single risks and rare values do: runs without one, runs in which one is forced to happen."""
