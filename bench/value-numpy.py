"""The model of bench/value.c with numpy, vectorised; prints the seconds that it took."""
import sys
import time

try:
    import numpy as np
except ImportError:
    sys.exit()

N = 10_000_000
begun = time.perf_counter()
random = np.random.default_rng(1)
low, mode, high = 50_000, 120_000, 400_000
spread = np.log1p(0.3**2)
value = low + (high - low) * random.beta(1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low), N)
value *= 1 + random.lognormal(-spread / 2, np.sqrt(spread), N)
value *= random.triangular(0.2, 0.5, 0.9, N)
value *= random.beta(4, 6, N)
value -= random.normal(30_000, 5_000, N)
value *= (1 - 1.08**-5) / 0.08
value -= random.normal(80_000, 10_000, N)
value.mean(), np.percentile(value, [5, 50, 95])
print(time.perf_counter() - begun)
