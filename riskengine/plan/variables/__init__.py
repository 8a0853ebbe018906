"""What is drawn: estimates as distributions, distributions as quantile tables, and the list of draws."""
