"""What people may send about organisations, users, roles and passwords."""
