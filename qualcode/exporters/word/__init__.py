"""Word documents: a skeleton made by python-docx, and its heavy places streamed into it as strings.

python-docx opens the shipped template and makes what there are few of: sections, headers and
footers, properties. Each section's body is one mark, a processing instruction, which user text
cannot produce. On writing, the package is copied member by member into a new zip and each mark
is replaced by a stream of strings. That is linear in the quotations, needs no memory for them,
and gives the same bytes each time; the ordinary calls of python-docx for tables are quadratic.

    textsafe (one floor up)   what may stand in a document at all
    wml                       small functions that return strings of WordprocessingML
    styles, make_template     the shipped template.docx, and how it is made again
    colours                   themes' colours that can be read
    layout                    which columns share a table, where long cases are broken
    front, counts, themes     the bodies: title page, summary of codings, a theme
    package                   marks, streams and the zip
    matrix_docx               the document of a matrix
"""
