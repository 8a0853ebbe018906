"""Printing a page as PDF: by a Chromium that is there, else by WeasyPrint."""
