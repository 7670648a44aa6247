"""Golden values of the ranking and rating metrics, from public tools.

    python -m venv venv && venv/bin/pip install ranx ir-measures scikit-learn numpy
    venv/bin/python test/golden/metrics/make.py > test/golden/metrics/golden.json

The cases are synthetic. ranx and ir-measures (trec_eval) give the ranking metrics, scikit-learn RMSE and MAE; the measures
of the RecSys Challenge 2018 have no public package and are written out here from the published formulas.
"""

import json
import math
import random

import ir_measures
from ranx import Qrels, Run, evaluate
from sklearn.metrics import mean_absolute_error, mean_squared_error

random.seed(20181)
TRACKS, ARTISTS, CUTOFFS = 300, 40, [1, 5, 10, 50, 100]
artist_of = [random.randrange(ARTISTS) for _ in range(TRACKS)]

cases = []
for i in range(40):
    truth = random.sample(range(TRACKS), random.choice([1, 2, 3, 8, 20, 60]))
    length = random.choice([100, 100, 100, 30, 7, 1])
    likely = [t for t in truth if random.random() < 0.6]
    rest = [t for t in range(TRACKS) if t not in likely]
    pool = likely + random.sample(rest, TRACKS - len(likely) - 50)
    random.shuffle(pool)
    pool.sort(key=lambda t: (t in likely and random.random() < 0.3), reverse=True)
    cases.append({"list": pool[:length], "truth": truth})

qrels_dict = {f"q{i}": {f"t{t}": 1 for t in c["truth"]} for i, c in enumerate(cases)}
run_dict = {f"q{i}": {f"t{t}": 1000.0 - r for r, t in enumerate(c["list"])} for i, c in enumerate(cases)}
qrels, run = Qrels(qrels_dict), Run(run_dict)

expected = {}


def put(key, source, values):
    expected.setdefault(key, {})[source] = [round(float(v), 12) for v in values]


RANX = {"precision": "precision", "recall": "recall", "f1": "f1", "hit-rate": "hit_rate", "ndcg": "ndcg", "mrr": "mrr", "map": "map"}
for ours, theirs in RANX.items():
    for k in CUTOFFS:
        scores = evaluate(qrels, run, f"{theirs}@{k}", return_mean=False)
        order = list(run.keys())
        put(f"{ours}@{k}", "ranx", [dict(zip(order, scores))[f"q{i}"] for i in range(len(cases))])
put("r-precision", "ranx", [dict(zip(run.keys(), evaluate(qrels, run, "r-precision", return_mean=False)))[f"q{i}"] for i in range(len(cases))])

IR = {"precision": "P@{}", "recall": "R@{}", "hit-rate": "Success@{}", "ndcg": "nDCG@{}", "mrr": "RR@{}", "map": "AP@{}"}
for ours, theirs in IR.items():
    for k in CUTOFFS:
        measure = ir_measures.parse_measure(theirs.format(k))
        got = {m.query_id: m.value for m in ir_measures.iter_calc([measure], qrels_dict, run_dict)}
        put(f"{ours}@{k}", "ir-measures", [got[f"q{i}"] for i in range(len(cases))])
got = {m.query_id: m.value for m in ir_measures.iter_calc([ir_measures.Rprec], qrels_dict, run_dict)}
put("r-precision", "ir-measures", [got[f"q{i}"] for i in range(len(cases))])

# RecSys Challenge 2018, "Metrics" of the challenge's description.
def challenge_r_precision(c):
    g, r = set(c["truth"]), c["list"][: len(c["truth"])]
    artists = {artist_of[t] for t in g} & {artist_of[t] for t in r}
    return (len(g & set(r)) + 0.25 * len(artists)) / len(g)


def challenge_ndcg(c, k):
    g, r = set(c["truth"]), c["list"][:k]
    gain = lambda i: 1.0 if i == 1 else 1.0 / math.log2(i)
    dcg = sum(gain(i) for i, t in enumerate(r, 1) if t in g)
    return dcg / sum(gain(i) for i in range(1, min(len(g), k) + 1))


def challenge_clicks(c, k):
    for i, t in enumerate(c["list"][:k], 1):
        if t in set(c["truth"]):
            return (i - 1) // 10
    return k // 10 + 1


put("r-precision-challenge", "published formula", map(challenge_r_precision, cases))
for k in CUTOFFS:
    put(f"ndcg-challenge@{k}", "published formula", [challenge_ndcg(c, k) for c in cases])
    put(f"clicks@{k}", "published formula", [challenge_clicks(c, k) for c in cases])

actual = [random.choice([1, 1.5, 2, 3, 4, 5]) for _ in range(200)]
predicted = [round(a + random.gauss(0, 0.8), 4) for a in actual]
ratings = {
    "actual": actual,
    "predicted": predicted,
    "rmse": math.sqrt(mean_squared_error(actual, predicted)),
    "mae": mean_absolute_error(actual, predicted),
}

# Gini and coverage of the lists, from their definitions (mean absolute difference over all pairs).
def gini(values):
    n, total = len(values), sum(values)
    return sum(abs(a - b) for a in values for b in values) / (2 * n * total)


exposure = {}
for k in CUTOFFS:
    counts = [0] * TRACKS
    for c in cases:
        for t in c["list"][:k]:
            counts[t] += 1
    exposure[str(k)] = {"gini": gini(counts), "coverage": sum(1 for x in counts if x) / TRACKS}

print(json.dumps({"tracks": TRACKS, "artistOf": artist_of, "cutoffs": CUTOFFS, "cases": cases, "expected": expected, "ratings": ratings, "exposure": exposure}))
