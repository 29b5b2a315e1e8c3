"""What people can open and do on this floor: find, ask, do, show."""
