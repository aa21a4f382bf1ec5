"""demo/render."""
