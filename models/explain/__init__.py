"""Why a model answers as it does, and how far to trust it."""
