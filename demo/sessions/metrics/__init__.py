"""demo/sessions/metrics."""
