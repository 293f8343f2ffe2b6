"""The lab without its server: a recording in one file, and the output of a cell in a notebook."""
