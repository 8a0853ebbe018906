"""What tests share: scenarios, plans and runs to build, the command line, places on disk."""
