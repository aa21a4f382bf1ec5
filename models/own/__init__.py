"""Models that are brought along: from a source to a model with a spec, figures and a card."""
