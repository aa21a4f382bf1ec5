"""Nothing but Gradio: an empty page; the port comes from GRADIO_SERVER_PORT."""

import gradio as gr

if __name__ == "__main__":
    with gr.Blocks() as blocks:
        pass
    blocks.launch()
