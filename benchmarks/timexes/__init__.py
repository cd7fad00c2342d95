"""Measure how well temporal expressions are found and resolved."""
