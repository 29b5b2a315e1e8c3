"""What changes on this floor: one file per noun."""
