"""What members paid for others."""
