"""Eight covariance matrices by numpy (Debian's): "cov SECONDS SUM", median of seven runs."""
import os
import sys
import time

try:
    import numpy
except ImportError:
    sys.exit(0)

scales = [numpy.fromfile(os.path.join(sys.argv[1], "scale-%d" % s)).reshape(-1, 5) for s in range(8)]
seconds = []
for _ in range(7):
    begun = time.perf_counter()
    total = sum(numpy.cov(scale, rowvar=False).sum() for scale in scales)
    seconds.append(time.perf_counter() - begun)
print("cov %r %r" % (sorted(seconds)[3], float(total)))
