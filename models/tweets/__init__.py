"""The sentiment of a tweet."""
