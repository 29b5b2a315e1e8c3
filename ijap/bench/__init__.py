"""Measurements. Each compares variants in one run; nothing here is a test, no figure is a promise of seconds."""
