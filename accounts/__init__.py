"""Partners, municipalities, users, roles and the keys they carry."""
