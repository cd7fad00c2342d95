"""Measure the types of events on PLOVER's gold standard records."""
