"""Telling which code page of Windows a text is in, where nothing says so."""
