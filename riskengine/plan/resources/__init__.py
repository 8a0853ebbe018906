"""Resources with a capacity: who holds how much of them, and who is served first."""
