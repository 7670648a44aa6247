"""ALS and item neighbours of the implicit package on Segue's training data: time, memory and answers, as JSON on standard output."""
import json
import os
import resource
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
from implicit.als import AlternatingLeastSquares
from implicit.nearest_neighbours import CosineRecommender
from scipy.sparse import csr_matrix

ANSWER = 500
FACTORS = 192
ITERATIONS = 15
NEIGHBOURS = 200

folder = sys.argv[1]
with open(folder + "/questions.json") as file:
    questions = json.load(file)
ptr = np.fromfile(folder + "/ptr.i32", dtype=np.int32)
idx = np.fromfile(folder + "/idx.i32", dtype=np.int32)
shape = (questions["rows"], questions["columns"])
entries = csr_matrix((np.ones(len(idx), dtype=np.float32), idx, ptr), shape=shape)
entries.sort_indices()

models = [
    ("implicit ALS", AlternatingLeastSquares(factors=FACTORS, iterations=ITERATIONS, random_state=1), True),
    ("implicit item-kNN (cosine)", CosineRecommender(K=NEIGHBOURS), False),
]
results = []
for name, model, folds_in in models:
    before, processor = time.perf_counter(), time.process_time()
    model.fit(entries, show_progress=False)
    trained, used = time.perf_counter() - before, time.process_time() - processor
    wall, cpu, answers = [], [], []
    for seeds in questions["seeds"]:
        row = csr_matrix((np.ones(len(seeds), dtype=np.float32), (np.zeros(len(seeds), dtype=int), seeds)), shape=(1, shape[1]))
        options = {"recalculate_user": True} if folds_in else {}
        before, processor = time.perf_counter(), time.process_time()
        found, _ = model.recommend(0, row, N=ANSWER, filter_already_liked_items=True, **options)
        wall.append(1000 * (time.perf_counter() - before))
        cpu.append(1000 * (time.process_time() - processor))
        answers.append([int(track) for track in found if track >= 0])
    results.append({
        "name": name,
        "seconds": trained,
        "processor": used,
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "load": os.getloadavg()[0],
        "wall": wall,
        "cpu": cpu,
        "answers": answers,
    })
json.dump(results, sys.stdout)
