"""The figures of a review session."""
