"""Handwritten digits, 8 x 8 pixels, as scikit-learn ships them."""

from __future__ import annotations

from whygrad.data.table import Table, number_column, table_of
from whygrad.errors.table import LibraryMissing

__all__ = ["digits_table"]


def digits_table() -> Table:
    """1797 images as columns pixel_0_0 .. pixel_7_7 with values 0 to 16, and the column digit, the target.

    Source: E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository; the test part of it, as in scikit-learn's `load_digits`. Raises WG321 without scikit-learn.
    """
    try:
        from sklearn.datasets import load_digits
    except ImportError as error:
        raise LibraryMissing("the data set digits", "scikit-learn", '"whygrad[datasets]"') from error
    pixels, digits = load_digits(return_X_y=True)
    columns = [(f"pixel_{i // 8}_{i % 8}", number_column(pixels[:, i])) for i in range(64)]
    return table_of([*columns, ("digit", number_column(digits))], source="digits", target=("digit",), image=(8, 8))
