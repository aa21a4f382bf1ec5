"""The page; besides demo.main, the only place that imports gradio."""
