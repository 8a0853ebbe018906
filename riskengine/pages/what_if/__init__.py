"""The what-if page: its form, and what is redrawn while somebody moves a control."""
