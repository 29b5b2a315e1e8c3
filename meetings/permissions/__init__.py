"""Who may do what with series, meetings and minutes."""
