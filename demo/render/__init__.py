"""What page, report and command line say alike."""
