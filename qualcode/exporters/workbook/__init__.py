"""Excel workbooks, streamed row by row: no memory for the rows, and the same bytes each time.

Words are written as inline strings, a kind of cell in which nothing is worked out, so that no words
of an interview ever become a formula; those that look like one are marked, so that they stay words
when somebody types in their cell. What one cell cannot hold goes on in the row below it.

    sheet_names    names that a spreadsheet takes, each once
    long_cells     texts in pieces that a cell can hold
    cells          kinds of cells and the styles they have
    book           sheets, properties and the package
    evidence_xlsx  the workbook of those who count: codings, cases by codes, interviews, codebook
    matrix_xlsx    the matrix: one sheet for each theme, quotations in its cells
"""
