"""What a command leaves for a pipeline: reports of scenarios, remarks on their files."""
