"""demo/files."""
