"""From drawn values to dates: durations, the forward pass in working time or on the clock, levelling."""
