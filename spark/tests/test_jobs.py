"""Jobs against naive oracles: python -m unittest discover spark/tests (needs pyspark and Java 17)."""

import json
import os
import random
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from pyspark.sql import SparkSession  # noqa: E402

from jobs import als, popularity, track_neighbours  # noqa: E402
from jobs.tables import read_set, write_job  # noqa: E402

NEIGHBOURS = {
    "lengthExponent": 0.7,
    "seedExponent": 0.5,
    "targetExponent": 0.1,
    "partners": 10,
    "leastOwners": 2,
    "orderWeight": 0,
    "reach": 5,
}


class Jobs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = (
            SparkSession.builder.master("local[1]")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "ERROR")
            .getOrCreate()
        )
        cls.folder = tempfile.mkdtemp()
        draw = random.Random(7)
        cls.lists = {o: draw.sample(range(25), draw.randint(1, 12)) for o in range(40)}
        rows = [(o, t, p) for o, tracks in cls.lists.items() for p, t in enumerate(tracks)]
        cls.entries = cls.spark.createDataFrame(rows, "owner int, track int, position int")
        artists = [(t, [f"artist:{t % 4}"]) for t in range(25)] + [(25, [])]
        cls.tracks = cls.spark.createDataFrame(artists, "track int, artist_uris array<string>")

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        shutil.rmtree(cls.folder)

    def out(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(path, exist_ok=True)
        return path

    def test_popularity_counts_owners(self):
        popularity.run(self.tracks, self.entries, {}, self.out("p"), lambda *_: None)
        found = {r.track: r.owners for r in self.spark.read.parquet(self.out("p") + "/owners").collect()}
        expected = {}
        for tracks in self.lists.values():
            for track in tracks:
                expected[track] = expected.get(track, 0) + 1
        self.assertEqual(found, expected)

    def test_neighbours_are_those_of_the_equation(self):
        track_neighbours.run(self.tracks, self.entries, NEIGHBOURS, self.out("n"), lambda *_: None)
        found = {}
        for row in self.spark.read.parquet(self.out("n") + "/links").collect():
            found.setdefault(row.track, {})[row.partner] = row.strength
        owners = {t: sum(t in tracks for tracks in self.lists.values()) for t in range(25)}
        for s in range(25):
            if owners[s] < NEIGHBOURS["leastOwners"]:
                self.assertNotIn(s, found)
                continue
            strength = {}
            for tracks in self.lists.values():
                if s in tracks:
                    for u in tracks:
                        if u != s:
                            strength[u] = strength.get(u, 0) + len(tracks) ** -0.7
            rank = {u: c * owners[u] ** -0.1 for u, c in strength.items()}
            self.assertEqual(len(found[s]), min(10, len(strength)))
            worst = min(rank[u] for u in found[s])
            for u in strength:
                if rank[u] > worst * 1.000001:
                    self.assertAlmostEqual(found[s][u], strength[u], places=5)

    def test_als_separates_two_tastes(self):
        rows = [(o, t, 0) for o in range(30) for t in range(20) if (t % 2 == o % 2) and (o * 7 + t) % 5]
        entries = self.spark.createDataFrame(rows, "owner int, track int, position int")
        config = {
            "factors": 4,
            "iterations": 8,
            "unobservedWeight": 0.015,
            "regularisation": 0.003,
            "regularisationExponent": 1,
            "weightStrength": 0,
            "artistWeight": 1,
        }
        meta = als.run(self.tracks, entries, config, self.out("a"), lambda *_: None)
        self.assertEqual(meta["owners"], 30)
        vectors = {r.track: r.vector for r in self.spark.read.parquet(self.out("a") + "/factors").collect()}

        def cosine(a, b):
            dot = sum(x * y for x, y in zip(vectors[a], vectors[b]))
            norm = (sum(x * x for x in vectors[a]) * sum(y * y for y in vectors[b])) ** 0.5
            return dot / norm

        self.assertGreater(cosine(0, 2), cosine(0, 1) + 0.3)

    def test_settings_that_spark_does_not_have_are_refused(self):
        with self.assertRaisesRegex(ValueError, "orderWeight"):
            track_neighbours.run(self.tracks, self.entries, {**NEIGHBOURS, "orderWeight": 2}, "", lambda *_: None)

    def test_a_folder_that_is_no_set_is_named(self):
        with self.assertRaisesRegex(ValueError, "not a set written by"):
            read_set(self.spark, self.folder)

    def test_the_job_names_its_catalogue(self):
        folder = self.out("job")
        write_job(folder, {"catalogueId": "c"}, "als", {"factors": 4}, {})
        with open(os.path.join(folder, "job.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["catalogueId"], "c")


if __name__ == "__main__":
    unittest.main()
