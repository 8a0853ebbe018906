"""Results folders as one star schema: the dictionary of its tables, their keys, and how each is made of a run."""
