"""What people may send this floor."""
