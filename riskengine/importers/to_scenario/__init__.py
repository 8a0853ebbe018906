"""An imported schedule as a scenario document, in the words of the scenario format."""
