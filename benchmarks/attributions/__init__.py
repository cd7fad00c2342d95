"""Measure attribution and mentions on development splits, through the object a user gets."""
