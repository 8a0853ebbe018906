"""What is said of a scenario before it runs: counts, dates, hints at odd numbers, the health of its schedule."""
