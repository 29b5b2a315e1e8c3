"""The pages of this floor; one file per noun."""
