"""Speed and memory, beside a named peer in one run, printed as ratios. Never a timed assert."""
