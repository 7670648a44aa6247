"""Training jobs for Apache Spark over the Parquet tables of `segue export parquet`; see ../README.md."""
