"""Makes the Parquet files beside it with Apache Arrow's own writer: pip install pyarrow; python make.py"""

import pyarrow as pa
import pyarrow.parquet as pq

plays = pa.table(
    {
        "user_id": ["u", "u", "v", None],
        "item_id": pa.array([10, 11, 10, 12], pa.int64()),
        "count": pa.array([3, 4, 5, 6], pa.int32()),
        "timestamp": pa.array([20_000, 10_000, 30_000, 40_000], pa.timestamp("ms")),
    }
)
pq.write_table(plays, "plays.parquet", compression="snappy", row_group_size=2)

tracks = pa.table(
    {
        "track_id": ["4GiXBCUF7H6YfNQsnBRIzl", "1zyqZONW985Cs4osz9wlsu"],
        "track_name": ["Ålesund", "Two"],
        "artists": pa.array([["A, B", "C"], ["D"]], pa.list_(pa.string())),
        "energy": pa.array([0.5, None], pa.float64()),
        "explicit": [True, False],
    }
)
pq.write_table(tracks, "tracks.parquet", compression="zstd")
