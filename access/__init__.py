"""Who reads what: compartments, participations, grants. Used by every noun above."""
