"""What pipelines read: JUnit XML, a Markdown summary, annotations of GitHub, SARIF. Text in, text out; no files."""
