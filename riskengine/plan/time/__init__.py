"""Working time as arrays, the calendars of tasks and lags, and how long a plan can take at the worst."""
