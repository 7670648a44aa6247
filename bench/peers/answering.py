"""
Answers questions by item neighbours of implicit and by a graph of hnswlib, one at a time: a JSON line in, a JSON line out.
Reads ptr.i32, idx.i32, shape.json, table.f32 from the folder given; first writes one line for each index built.
"""
import json
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import hnswlib
import numpy as np
from implicit.nearest_neighbours import CosineRecommender
from scipy.sparse import csr_matrix

NEIGHBOURS = 200
LINKS = 16
BUILDING = 200


def say(value):
    print(json.dumps(value), flush=True)


folder = sys.argv[1]
with open(folder + "/shape.json") as file:
    shape = json.load(file)
ptr = np.fromfile(folder + "/ptr.i32", dtype=np.int32)
idx = np.fromfile(folder + "/idx.i32", dtype=np.int32)
entries = csr_matrix((np.ones(len(idx), dtype=np.float32), idx, ptr), shape=(shape["rows"], shape["columns"]))
entries.sort_indices()
table = np.fromfile(folder + "/table.f32", dtype=np.float32).reshape(-1, shape["dimension"])

before = time.process_time()
neighbours = CosineRecommender(K=NEIGHBOURS)
neighbours.fit(entries, show_progress=False)
say({"what": "neighbours", "processor": time.process_time() - before})
del entries

before = time.process_time()
graph = hnswlib.Index(space="ip", dim=shape["dimension"])
graph.init_index(max_elements=len(table), M=LINKS, ef_construction=BUILDING, random_seed=1)
graph.add_items(table)
graph.set_num_threads(1)
say({"what": "graph", "processor": time.process_time() - before})

for line in sys.stdin:
    asked = json.loads(line)
    n = asked["n"]
    if asked["what"] == "neighbours":
        seeds = asked["seeds"]
        row = csr_matrix((np.ones(len(seeds), dtype=np.float32), (np.zeros(len(seeds), dtype=int), seeds)), shape=(1, shape["columns"]))
        before, processor = time.perf_counter(), time.process_time()
        found, _ = neighbours.recommend(0, row, N=n, filter_already_liked_items=True)
    elif asked["what"] == "all":
        query = np.asarray(asked["vector"], dtype=np.float32)
        before, processor = time.perf_counter(), time.process_time()
        scores = table @ query
        found = np.argpartition(-scores, n)[:n]
    else:
        query = np.asarray([asked["vector"]], dtype=np.float32)
        graph.set_ef(asked["breadth"])
        before, processor = time.perf_counter(), time.process_time()
        found = graph.knn_query(query, k=n, num_threads=1)[0][0]
    say({
        "wall": 1000 * (time.perf_counter() - before),
        "processor": 1000 * (time.process_time() - processor),
        "found": [int(item) for item in found if item >= 0],
    })
