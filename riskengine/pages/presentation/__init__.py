"""Slides for the room, as a file of PowerPoint."""
