"""How the page looks and the little it does by itself in the browser."""

from pathlib import Path

import gradio as gr

FOLDER = Path(__file__).parent
CSS = (FOLDER / "page.css").read_text("utf-8")
SCRIPTS = ("page.js", "review.js", "feedback.js")
HEAD = "".join(f"<script>{(FOLDER / name).read_text('utf-8')}</script>" for name in SCRIPTS)
SYSTEM_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif")


def build_theme() -> gr.themes.Base:
    """Return the theme: one accent colour, iris violet, and fonts that every machine has."""
    return gr.themes.Default(
        primary_hue=gr.themes.colors.violet,
        secondary_hue=gr.themes.colors.violet,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_md,
        font=SYSTEM_FONTS,
        font_mono=("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"),
    ).set(
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_500",
        button_primary_text_color="white",
        button_primary_text_color_dark="white",
        slider_color="*primary_600",
        slider_color_dark="*primary_400",
    )
