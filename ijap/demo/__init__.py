"""The demo: who plays in it, and its stories. Everything in here is made up."""
