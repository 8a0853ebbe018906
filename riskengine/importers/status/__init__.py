"""The next export of a plan as a status of it, and items as backlogs with their histories."""
