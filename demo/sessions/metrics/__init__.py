"""What verdicts amount to, in numbers."""
