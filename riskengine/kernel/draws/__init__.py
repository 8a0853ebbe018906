"""From a seed to drawn values: random words, their strata, and the tables that turn them into values."""
