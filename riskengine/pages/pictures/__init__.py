"""Pictures as SVG: shapes and letters that take their colours from the style of the page."""
