"""Cost over time: when which amount accrues, whose it is, and how much of it falls into each month."""
