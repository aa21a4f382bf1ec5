"""demo/sessions."""
