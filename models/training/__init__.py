"""Data sets, artefacts, cards, corrections, challengers."""
