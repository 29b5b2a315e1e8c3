"""What people can open and do around meetings."""
