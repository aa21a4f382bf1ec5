"""The sentiment of a movie review."""
