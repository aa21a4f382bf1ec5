"""The command line of review sessions, and what it prints."""
