"""demo/ui/sessions."""
