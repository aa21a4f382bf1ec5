"""models/explain."""
