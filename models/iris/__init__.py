"""The iris species from four measurements."""
