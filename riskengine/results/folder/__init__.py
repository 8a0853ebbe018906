"""Results folders on the disk: claimed, written, sealed, read back."""
