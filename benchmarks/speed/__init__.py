"""Measure speed and memory as ratios to work of the same run: `python -m benchmarks.speed`."""

from benchmarks.speed.measuring import measure

__all__ = ["measure"]
