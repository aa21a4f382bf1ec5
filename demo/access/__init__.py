"""What stands between the network and the app: which requests come through, and at what cost."""
