"""The tab of review sessions."""
