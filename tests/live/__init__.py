"""Tests of the live process."""
