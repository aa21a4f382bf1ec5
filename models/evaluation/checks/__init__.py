"""Behavioural checks of sentiment models: their sentences, and what each should do."""
