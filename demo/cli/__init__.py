"""demo/cli."""
