"""Three-point ranges that an import adds: templates from a file, and user fields of the schedule."""
