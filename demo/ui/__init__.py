"""The page; besides demo.main and demo.server, the only place that imports gradio."""
