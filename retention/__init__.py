"""Keeping no longer than needed: terms, destroying approved by two, and the proof of it."""
