"""Excel workbooks: opened in a process of its own under limits, cells as a person sees them."""
