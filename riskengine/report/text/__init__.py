"""How single values, tables and pictures of characters are written; knows of no answer."""
