from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whygrad.data import as_table, write_table
from whygrad.data.read import read_table
from whygrad.errors.data import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from whygrad.data import Table


def read(folder: Path, content: bytes, name: str = "table.csv") -> Table:
    path = folder / name
    path.write_bytes(content)
    return read_table(path)


def test_numbers_booleans_and_text_are_told_apart(tmp_path: Path) -> None:
    table = read(tmp_path, b"a,b,c\n1,true,x\n2.5,false,y\n")
    assert [column.kind for column in table.columns.values()] == ["number", "boolean", "text"]
    assert table.columns["a"].values.tolist() == [1.0, 2.5]
    assert table.columns["b"].labels() == ["true", "false"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["00123", "4567"], "text"),
        (["-01", "2"], "text"),
        (["0", "0.5", "-0.5", "+0.25", "0e3", "10"], "number"),
        (["", "NA"], "number"),
        (["True", "FALSE", "NA"], "boolean"),
        (['"true"', " false "], "boolean"),
        (["true", "1"], "text"),
    ],
)
def test_a_word_becomes_a_value_only_where_nothing_is_lost(tmp_path: Path, words: list[str], kind: str) -> None:
    column = read(tmp_path, "\n".join(["a,b", *(f"{word},x" for word in words)]).encode()).columns["a"]
    assert column.kind == kind
    if kind == "text":
        assert column.labels() == words


def test_a_quote_in_a_name_is_written_twice_and_read_once(tmp_path: Path) -> None:
    table = read(tmp_path, b'a,"c""d"," e, f "\n1,"x""y",3\n')
    assert table.names == ("a", 'c"d', "e, f")
    assert table.columns['c"d'].labels() == ['x"y']


def test_empty_na_and_nan_are_missing(tmp_path: Path) -> None:
    table = read(tmp_path, b'a,b\nNA,x\nNaN,\n3,"NA"\n,NaN\n')
    assert table.columns["a"].missing.tolist() == [True, True, False, True]
    assert table.columns["b"].missing.tolist() == [False, True, True, True]
    assert table.columns["a"].kind == "number"


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n3,4\n",
        b"a;b\n1;2\n3;4\n",
        b"a\tb\r\n1\t2\r\n3\t4\r\n",
        b"a,b\r1,2\r3,4\r",
        b"\xef\xbb\xbfa,b\n1,2\n3,4",
        b" a , b\n 1, 2\n3 ,4\n",
        "a,b\n1,2\n3,4\n".encode("utf-16"),
        b'"a","b"\n"1","2"\n\n3,4\n\n',
    ],
)
def test_separators_line_ends_marks_and_blank_lines_do_not_matter(tmp_path: Path, content: bytes) -> None:
    table = read(tmp_path, content)
    assert {name: column.values.tolist() for name, column in table.columns.items()} == {"a": [1, 3], "b": [2, 4]}


def test_a_row_knows_its_line_past_blank_lines_and_line_breaks_in_quotes(tmp_path: Path) -> None:
    table = read(tmp_path, b'a,b\n1,x\n\n2,"two\nlines"\n3,z\n')
    assert [table.place(row) for row in range(3)] == ["line 2", "line 4", "line 6"]
    assert table.columns["b"].values.tolist() == ["x", "two\nlines", "z"]


@given(
    st.lists(
        st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.none() | st.integers(-(2**50), 2**50)),
        min_size=1,
        max_size=8,
    )
)
def test_numbers_come_back_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[float, int | None]]
) -> None:
    lines = [f"{a!r},{'NA' if b is None else b}" for a, b in rows]
    table = read(tmp_path_factory.mktemp("csv"), "\n".join(["a,b", *lines]).encode())
    expected = [[a for a, _ in rows], [np.nan if b is None else float(b) for _, b in rows]]
    np.testing.assert_array_equal([column.values for column in table.columns.values()], expected)


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    frame = polars.DataFrame({"n": [1, None], "t": ["x", None], "b": [True, False]})
    frame.write_parquet(tmp_path / "table.parquet")
    table = read_table(tmp_path / "table.parquet")
    assert [column.kind for column in table.columns.values()] == ["number", "text", "boolean"]
    assert [column.missing.tolist() for column in table.columns.values()] == [[False, True], [False, True], [False] * 2]
    assert table.place(1) == "row 1"


def test_a_table_written_is_read_back(tmp_path: Path) -> None:
    table = as_table({"n": [0.1, None], "t": ["NA", None], "b": [True, None]})
    write_table(table, tmp_path / "table.parquet")
    again = read_table(tmp_path / "table.parquet")
    for name, column in table.columns.items():
        assert again.columns[name].kind == column.kind
        assert again.columns[name].labels() == column.labels()
    assert [path.name for path in tmp_path.iterdir()] == ["table.parquet"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            b"",
            (
                "WG303 table.csv has no rows to learn from\n"
                "  why: the file is empty\n"
                "  try: give at least one complete row"
            ),
        ),
        (
            b"a,b\n",
            (
                "WG303 table.csv has no rows to learn from\n"
                "  why: it has a header and no rows below it\n"
                "  try: give at least one complete row"
            ),
        ),
        (
            b"a,b,a\n1,2,3\n",
            (
                "WG304 table.csv has 2 columns named 'a'\n"
                "  why: columns are chosen by name; it stands at positions 1 and 3, counted from 1\n"
                "  try: rename or delete all but one"
            ),
        ),
        (
            b"a,b\n1,2\n\n3\n",
            (
                "WG305 table.csv, line 4: 1 field, the header has 2\n"
                "  try: write every field; leave a missing value empty but keep its separator"
            ),
        ),
        (
            b"a,b\n1,2,3\n",
            (
                "WG305 table.csv, line 2: 3 fields, the header has 2\n"
                "  try: put quotes around a value that contains the separator"
            ),
        ),
        (
            b",a\n0,1\n",
            (
                "WG314 table.csv, line 1: the header does not name every column\n"
                "  why: column 1 has no name\n"
                "  try: name the column or delete it (pandas: to_csv(..., index=False))"
            ),
        ),
        (
            b"1,2\n3,4\n",
            (
                "WG314 table.csv, line 1: the header does not name every column\n"
                "  why: it has only numbers: 1, 2\n"
                "  try: put column names in the first line"
            ),
        ),
        (
            b"a,b\n1,2\ncaf\xe9,2\n",
            (
                "WG302 table.csv cannot be read as a table\n"
                "  why: line 3 holds the byte 0xe9, which is not UTF-8 text\n"
                "  try: save the file in the encoding UTF-8"
            ),
        ),
        (
            b'a,b\n1,"x\n2,y\n',
            (
                "WG302 table.csv cannot be read as a table\n"
                "  why: quotes are not balanced\n"
                "  try: write a quote inside a value twice, and quotes around it"
            ),
        ),
    ],
)
def test_a_bad_csv_file_is_refused_with_its_place(tmp_path: Path, content: bytes, text: str) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, content)
    assert str(caught.value) == text


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "penguins.csv").write_text("a\n1\n")
    with pytest.raises(DataError) as caught:
        read_table(tmp_path / "pengiuns.csv")
    assert str(caught.value) == (
        f"WG301 no file 'pengiuns.csv' in the folder {str(tmp_path)!r}\n"
        "  why: the nearest name there is 'penguins.csv'\n"
        "  try: correct data.file; a relative path starts at the folder of the experiment's file"
    )


def test_a_missing_file_in_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"^WG301 no file 'a.csv' in the folder '.*nowhere'\n  try: correct data.file"):
        read_table(tmp_path / "nowhere" / "a.csv")


def test_other_endings_folders_and_broken_parquet_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, b"", "table.xlsx")
    assert caught.value.why() == "files that end in '.xlsx' are not known"
    with pytest.raises(DataError) as caught:
        read_table(tmp_path)
    assert caught.value.why() == "it is a folder"
    with pytest.raises(DataError) as caught:
        read(tmp_path, b"no parquet", "table.parquet")
    assert caught.value.what() == "table.parquet cannot be read as a table"
    assert caught.value.why().startswith("the Parquet reader says: ")
