"""Youths, signals, cases, levels and actions."""
