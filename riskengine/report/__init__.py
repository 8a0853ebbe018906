"""What a run says: plain words, the terminal's summary, the JSON object. Reads tables; computes nothing on samples."""
