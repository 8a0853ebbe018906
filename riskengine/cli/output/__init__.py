"""What a command says: the two streams, colour, JSON, progress, exit statuses, files that are there whole."""
