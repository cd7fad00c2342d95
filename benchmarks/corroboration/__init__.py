"""Measure claims, origins and derivations on the crises of our own corpus."""
