"""Tests. The rooms have the same names as in the code."""
