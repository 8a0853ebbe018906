"""What the commands share: the two streams, exit statuses, options, files that are there whole, what ``check`` says."""
