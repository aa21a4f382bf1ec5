"""REST: the same predict functions and the same review desk as the page's, for programs."""
