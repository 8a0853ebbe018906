"""Estimates from samples, each with its interval: probabilities, percentiles, means, standard deviations, ranks."""
