"""Bytes of files to text within limits, faults with their places, and texts that mean a length of time or a key."""
