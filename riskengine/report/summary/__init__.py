"""The answer of one run: words, the summary of the terminal, the JSON object, and their parts."""
