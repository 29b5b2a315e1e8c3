"""What is possible for a series or a meeting, whoever asks."""
