"""Owners per track: what the model `popularity` ranks by."""

from pyspark.sql import functions as F


def run(tracks, entries, config, out, progress):
    """Writes owners/ (track int, owners float), one row per track that anybody holds. Returns the job's meta."""
    progress(0.1, "counting owners")
    counts = entries.groupBy("track").agg(F.count("*").cast("float").alias("owners"))
    counts.write.mode("overwrite").option("compression", "zstd").parquet(f"{out}/owners")
    return {}
