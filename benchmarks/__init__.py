"""What each capability reaches, measured on data it was not tuned on. `python -m benchmarks` runs all of it."""
