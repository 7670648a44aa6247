"""The strongest partners of each track: the model `track-neighbours`, by the equation in src/models/track-neighbours/.

c(s, u) = sum over owners that hold both of length^-lengthExponent. A row keeps the `partners` largest c / owners(u)^targetExponent; equal ones
in the order in which the owners, by number, list them.
"""

from pyspark.sql import Window
from pyspark.sql import functions as F


def run(tracks, entries, config, out, progress):
    """Writes links/ (track int, partner int, strength float). Returns the job's meta.

    Raises ValueError when an order weight is asked for, which this job does not compute.
    """
    if config["orderWeight"] != 0:
        raise ValueError(f"orderWeight is {config['orderWeight']}; this job counts pairs without their order: set it to 0")
    progress(0.1, "counting owners and lengths")
    lengths = entries.groupBy("owner").agg(F.count("*").alias("length"))
    weights = lengths.select("owner", F.pow("length", F.lit(-config["lengthExponent"])).cast("float").alias("share"))
    owners = entries.groupBy("track").agg(F.count("*").alias("owners"))
    discounts = owners.select(
        F.col("track").alias("partner"),
        F.pow("owners", F.lit(-config["targetExponent"])).cast("float").alias("discount"),
    )
    rows = owners.where(F.col("owners") >= config["leastOwners"]).select("track")

    progress(0.3, "counting pairs")
    left = entries.join(rows, "track").join(weights, "owner").select("owner", "track", "share")
    right = entries.select(
        "owner",
        F.col("track").alias("partner"),
        # When a pair was first met: owners ascend, and each lists its tracks in order.
        (F.col("owner").cast("long") * F.lit(1 << 31) + F.col("position")).alias("met"),
    )
    pairs = (
        left.join(right, "owner")
        .where(F.col("track") != F.col("partner"))
        .groupBy("track", "partner")
        .agg(F.sum(F.col("share").cast("double")).alias("sum"), F.min("met").alias("met"))
        .join(discounts, "partner")
        .withColumn("rank", (F.col("sum") * F.col("discount")).cast("float"))
    )
    best = Window.partitionBy("track").orderBy(F.col("rank").desc(), F.col("met"))
    links = (
        pairs.withColumn("place", F.row_number().over(best))
        .where(F.col("place") <= config["partners"])
        .select("track", "partner", F.col("sum").cast("float").alias("strength"))
    )
    progress(0.5, "keeping the strongest partners")
    links.write.mode("overwrite").option("compression", "zstd").parquet(f"{out}/links")
    return {}
