# The knowledge network: one file for each algorithm.
