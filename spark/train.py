"""Trains one model on Spark from the tables of `segue export parquet`, for `segue adopt`.

    python spark/train.py als --master spark://host:7077 --data SET --out DIR --config '{"factors": 64, ...}'

`segue train MODEL --on MASTER` writes the set, runs this, shows its progress and adopts the result. Progress goes to standard output as one JSON
object a line, {"fraction", "note"}; an error as {"error"} with exit code 1.
"""

import argparse
import json
import os
import sys

from pyspark.sql import SparkSession

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from jobs import als, popularity, track_neighbours  # noqa: E402
from jobs.tables import read_set, write_job  # noqa: E402

JOBS = {"als": als.run, "popularity": popularity.run, "track-neighbours": track_neighbours.run}


def say(**values):
    print(json.dumps(values), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=sorted(JOBS))
    parser.add_argument("--master", default="local[*]", help="Spark's master, e.g. spark://host:7077 (default: local[*])")
    parser.add_argument("--data", required=True, help="the exported set; every worker must see it under this path")
    parser.add_argument("--out", required=True, help="a new folder, seen by every worker")
    parser.add_argument("--config", required=True, help="the model's settings as JSON")
    parser.add_argument("--partitions", type=int, default=0, help="shuffle partitions (default: Spark's)")
    args = parser.parse_args()
    say(fraction=0, note="connecting to Spark")
    builder = (
        SparkSession.builder.appName(f"segue {args.model}")
        .master(args.master)
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
    )
    if args.partitions:
        builder = builder.config("spark.sql.shuffle.partitions", args.partitions)
    spark = None
    try:
        spark = builder.getOrCreate()
        identity, tracks, entries = read_set(spark, args.data)
        os.makedirs(args.out, exist_ok=True)
        spark.sparkContext.setCheckpointDir(f"{args.out}/checkpoints")
        config = json.loads(args.config)
        meta = JOBS[args.model](tracks, entries, config, args.out, lambda fraction, note: say(fraction=fraction, note=note))
        write_job(args.out, identity, args.model, config, meta)
        say(fraction=1, note="done")
    except Exception as error:  # The caller shows one sentence; Spark's own log has the trace.
        lines = str(error).strip().splitlines() or [type(error).__name__]
        say(error=lines[0])
        sys.exit(1)
    finally:
        if spark is not None:
            spark.stop()


if __name__ == "__main__":
    main()
