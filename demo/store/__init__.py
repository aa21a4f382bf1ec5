"""demo/store."""
