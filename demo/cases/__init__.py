"""Case lists: cases of a review session out of files, or out of what a model brings along."""
