"""The notebooks, with the tables and charts that they share."""
