"""Implicit alternating least squares on MLlib: the vectors of the model `als`.

Segue minimises  sum_seen (1 - x.y)^2 + a0 sum_all (x.y)^2 + lambda sum (|u| + a0 N) |x|^2  (Hu, Koren, Volinsky 2008; Rendle et al. 2021).
MLlib minimises  sum_all c (p - x.y)^2 + regParam sum |u| |x|^2  with c = 1 + alpha r. Divided by a0 they agree with alpha = 1 / a0 and
regParam = lambda / a0, but for two terms: the 1 of a seen pair, which is small beside alpha, and the ridge a0 N, which MLlib cannot add to a row's
own entries. `ridge_scale` stands for it.
"""

from pyspark.ml.recommendation import ALS
from pyspark.sql import functions as F

def ridge_scale(a0, tracks, mean):
    """sqrt(1 + a0 N / n) for the mean list of n tracks: between 1, right for the longest rows, and the square of this, right for the mean one.

    On the sample (6,000 playlists, 234,000 tracks) anything from 3 to 12 gives the NDCG of our own solver; this gives 6.
    """
    return (1 + a0 * tracks / max(1.0, mean)) ** 0.5


def unobserved_weight(a0, owners, tracks, entries):
    """The setting, or less where all pairs together would weigh more than 50 times the entries: `unobservedWeightFor` of src/models/als/config.ts."""
    return min(a0, 50 * entries / max(1, owners * tracks))


def with_artists(tracks, entries, weight):
    """One more owner per artist of several held tracks: its tracks as a list, each entry of this weight."""
    if weight == 0:
        return entries.select("owner", "track", F.lit(1.0).alias("weight"))
    held = entries.select("track").distinct()
    main = tracks.join(held, "track").select("track", F.get("artist_uris", F.lit(0)).alias("artist")).where("artist is not null")
    several = main.groupBy("artist").agg(F.count("*").alias("n")).where("n >= 2")
    numbered = several.rdd.map(lambda row: row.artist).zipWithIndex().toDF(["artist", "number"])
    first = (entries.agg(F.max("owner")).first()[0] or 0) + 1
    lists = main.join(numbered, "artist").select(
        (F.col("number") + first).cast("int").alias("owner"), "track", F.lit(float(weight)).alias("weight")
    )
    return entries.select("owner", "track", F.lit(1.0).alias("weight")).union(lists)


def run(tracks, entries, config, out, progress):
    """Writes factors/ (track int, vector array<float>), one row per held track. Returns the job's meta: owners.

    Raises ValueError for settings that MLlib does not have.
    """
    if config["weightStrength"] != 0:
        raise ValueError("weightStrength is not 0; this job counts every entry the same")
    if config["regularisationExponent"] != 1:
        raise ValueError("regularisationExponent is not 1; MLlib scales the regularisation by the number of entries")
    progress(0.05, "collecting lists")
    ratings = with_artists(tracks, entries, config["artistWeight"]).cache()
    owners, tracks_held, pairs = ratings.agg(
        F.countDistinct("owner"), F.countDistinct("track"), F.count("*")
    ).first()
    seen = entries.count()
    listed = entries.select("owner").distinct().count()
    a0 = unobserved_weight(config["unobservedWeight"], listed, tracks.count(), seen)
    mean = seen / max(1, listed)
    als = ALS(
        rank=config["factors"],
        maxIter=config["iterations"],
        regParam=config["regularisation"] / a0 * ridge_scale(a0, tracks.count(), mean),
        alpha=1 / a0,
        implicitPrefs=True,
        userCol="owner",
        itemCol="track",
        ratingCol="weight",
        seed=config.get("seed", 1),
        checkpointInterval=5,
    )
    progress(0.1, f"factorising {pairs} pairs of {owners} lists and {tracks_held} tracks")
    model = als.fit(ratings)
    progress(0.9, "writing vectors")
    model.itemFactors.select(F.col("id").alias("track"), F.col("features").alias("vector")).write.mode(
        "overwrite"
    ).option("compression", "zstd").parquet(f"{out}/factors")
    return {"owners": listed, "unobservedWeight": a0}
