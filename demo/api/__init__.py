"""REST: the same predict functions and the same session service as the page's, for programs."""
