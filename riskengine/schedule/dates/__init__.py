"""The dates of a schedule with all uncertainty off, and working time between dates."""
