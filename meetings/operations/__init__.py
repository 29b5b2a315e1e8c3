"""Everything that changes a series, a meeting or its minutes."""
