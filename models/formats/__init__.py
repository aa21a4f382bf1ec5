"""Models that were made elsewhere: the formats that they come in, each read with care."""
