"""Golden values of the paired tests, Holm's correction and the bootstrap, from SciPy and statsmodels.

    python -m venv venv && venv/bin/pip install scipy statsmodels
    venv/bin/python test/golden/statistics/make.py > test/golden/statistics/golden.json
"""

import json

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(7)
cases = []
for n, shift in [(5, 0.0), (12, 0.3), (40, 0.1), (200, 0.05), (200, 0.0), (1000, 0.2)]:
    a = rng.beta(1, 4, n)
    b = np.clip(a - shift * rng.random(n) + rng.normal(0, 0.1, n), 0, 1)
    a, b = a.round(6), b.round(6)
    d = a - b
    exact = None
    if n <= 12:
        flips = np.array([[1 if i >> j & 1 else -1 for j in range(n)] for i in range(2**n)])
        exact = float((np.abs(flips @ d) >= abs(d.sum()) - 1e-12).mean())
    permutation = stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=20000, random_state=1).pvalue
    interval = stats.bootstrap((a,), np.mean, n_resamples=20000, method="percentile", random_state=2).confidence_interval
    cases.append({
        "a": a.tolist(), "b": b.tolist(), "t": float(stats.ttest_rel(a, b).pvalue), "exact": exact,
        "permutation": float(permutation), "low": float(interval.low), "high": float(interval.high),
    })

p = [0.01, 0.04, 0.03, 0.005, 0.5, 0.02, 1.0, 0.03]
student = [{"t": t, "df": df, "p": float(2 * stats.t.sf(abs(t), df))} for t in (0.0, 0.5, 1.96, -3.3, 12.0) for df in (1, 4, 29, 999, 30000)]
print(json.dumps({"cases": cases, "p": p, "holm": multipletests(p, method="holm")[1].tolist(), "student": student}))
