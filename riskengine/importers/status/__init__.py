"""The next export of a plan that was imported from a tracker, as a status that extends it."""
