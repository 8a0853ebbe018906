"""A run in short sentences, each number of which stands in a table of the run."""
