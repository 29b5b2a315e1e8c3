"""The pages of the privacy officer."""
