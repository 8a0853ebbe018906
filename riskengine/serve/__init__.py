"""The what-if page: a plan in the browser of this machine, changed while its answers are redrawn."""
