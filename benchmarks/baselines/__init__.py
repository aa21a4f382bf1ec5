"""The apps to compare with: what one would write without this project."""
