"""Pages for people who decide: a run as one HTML file that asks for nothing from elsewhere."""
