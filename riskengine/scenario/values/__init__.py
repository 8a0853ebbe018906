"""Reading one value of the document: a text, a number, an instant, an estimate."""
