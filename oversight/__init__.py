"""Looking over everybody's shoulder: what the privacy officer and the privacy contacts do with the log."""
