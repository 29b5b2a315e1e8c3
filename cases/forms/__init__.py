"""What people type: checked before it reaches an operation; one file per noun."""
