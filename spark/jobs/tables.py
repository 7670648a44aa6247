"""Reads an exported set and writes what a job found, in the shape that `segue adopt` reads."""

import json
import os

JOB_VERSION = 1


def read_set(spark, folder):
    """The set's identity and its tables.

    Returns (identity, tracks, entries): `set.json` as a dict; DataFrames with the columns of docs/parquet.md.
    Raises ValueError naming the folder when it is no exported set.
    """
    path = os.path.join(folder, "set.json")
    try:
        with open(path, encoding="utf-8") as file:
            identity = json.load(file)
    except (OSError, ValueError) as error:
        raise ValueError(f"{folder} is not a set written by `segue export parquet` ({error})") from error
    return identity, spark.read.parquet(f"{folder}/tracks"), spark.read.parquet(f"{folder}/entries")


def write_job(folder, identity, model, config, meta):
    """Writes job.json last: a folder without it is an unfinished job."""
    job = {
        "version": JOB_VERSION,
        "model": model,
        "config": config,
        "catalogueId": identity["catalogueId"],
        "meta": meta,
    }
    draft = os.path.join(folder, "job.json.part")
    with open(draft, "w", encoding="utf-8") as file:
        json.dump(job, file)
    os.replace(draft, os.path.join(folder, "job.json"))
