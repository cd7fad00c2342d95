"""Measure identity: places against gold coordinates, names and entities against gold keys."""
