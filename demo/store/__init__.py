"""The repositories of review sessions in SQL."""
