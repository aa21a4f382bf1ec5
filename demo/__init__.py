"""The application: page, REST routes and command line around the models."""

__version__ = "0.2.0"
