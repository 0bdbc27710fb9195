"""Tables in and out: CSV, Excel, OpenDocument. Files are data from strangers."""

from abdi.platform.exchange.problems import BadFile
from abdi.platform.exchange.reading import KINDS, LARGEST_UPLOAD, Sheet, Table, Value, read_table
from abdi.platform.exchange.streaming import stream_csv
from abdi.platform.exchange.writing import csv_lines, csv_response, write_csv, write_xlsx

__all__ = [
    "KINDS",
    "LARGEST_UPLOAD",
    "BadFile",
    "Sheet",
    "Table",
    "Value",
    "csv_lines",
    "csv_response",
    "read_table",
    "stream_csv",
    "write_csv",
    "write_xlsx",
]
