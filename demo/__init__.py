"""The application: page, REST routes and command line around the models."""
