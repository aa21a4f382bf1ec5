"""The report of a closed session."""
