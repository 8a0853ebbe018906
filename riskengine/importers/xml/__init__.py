"""XML of any tool: read in a stream under limits, its fields as values."""
