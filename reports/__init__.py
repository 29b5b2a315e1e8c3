"""Counting without names."""
