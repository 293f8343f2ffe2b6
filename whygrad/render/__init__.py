"""The verb that shows: plain records and arrays become figures, drawings and pages.

Import from the files themselves, so that nobody pays for matplotlib who only wants a number or a page:

    numbers.py     a number as text for people
    network.py     a network as SVG
    page.py        one self-contained HTML file, from a Document
    loss.py, boundary.py, evaluation.py, style.py     figures (these import matplotlib)
"""
