"""The model side: specs, pipelines, training and the thin predict functions."""
