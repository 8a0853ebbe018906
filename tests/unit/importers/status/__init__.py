"""The next export of a plan as a status that extends it."""
