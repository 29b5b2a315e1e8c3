"""What people may send us about meetings."""
