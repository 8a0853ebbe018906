"""The room of the model."""
