"""What a command is asked: options that several share, defaults of the environment, scenarios, shells."""
