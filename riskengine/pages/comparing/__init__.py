"""Two plans on the same random numbers, as one page: what is decided, what moved, and what moved it."""
