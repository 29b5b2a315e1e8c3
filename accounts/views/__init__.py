"""What people can open and do: logging in, and looking after organisations, users and roles."""
