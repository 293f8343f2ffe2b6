"""Files, frames and toy sets to arrays, and outputs back to names and units.

load_table | as_table -> prepare -> Dataset;  row_order -> batches -> augmented;  prepare_rows -> outputs_to_labels
"""

from __future__ import annotations

from whygrad.data.augment import augmentation_generator, augmented
from whygrad.data.batch import batches, row_order, rows_per_batch
from whygrad.data.frame import as_table, table_from_arrays
from whygrad.data.outputs import numbers_in_units, outputs_to_labels
from whygrad.data.prepare import prepare, prepare_rows
from whygrad.data.source import TABLE_SUFFIXES, load_table
from whygrad.data.stray import refuse_stray_words
from whygrad.data.table import Column, Table
from whygrad.data.write import write_table

__all__ = [
    "TABLE_SUFFIXES",
    "Column",
    "Table",
    "as_table",
    "augmentation_generator",
    "augmented",
    "batches",
    "load_table",
    "numbers_in_units",
    "outputs_to_labels",
    "prepare",
    "prepare_rows",
    "refuse_stray_words",
    "row_order",
    "rows_per_batch",
    "table_from_arrays",
    "write_table",
]
