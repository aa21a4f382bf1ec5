"""What `make bench` runs: how fast the app is, each figure beside its baseline in the same run."""
