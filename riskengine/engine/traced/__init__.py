"""One iteration again: what was drawn, what drove each date, and which iteration is typical of many."""
