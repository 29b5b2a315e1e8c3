"""What is possible for the record, whoever asks."""
