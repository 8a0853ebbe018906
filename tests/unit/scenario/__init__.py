"""The scenario room."""
