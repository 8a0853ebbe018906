"""The errors room."""
