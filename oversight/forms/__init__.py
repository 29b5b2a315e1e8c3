"""What the privacy officer may send us."""
