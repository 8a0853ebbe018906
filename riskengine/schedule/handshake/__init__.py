"""Our dates beside those that the source tool stored, and why they are likely to differ."""
