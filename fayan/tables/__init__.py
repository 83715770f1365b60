"""Populations as people keep them: workbooks, folders of CSV or Parquet, JSON lines; read into the tables of ``fayan_runtime.tables``."""
