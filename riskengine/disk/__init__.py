"""What a process has on the disk that is not whole yet."""
