"""Word documents: a skeleton made by python-docx, and its heavy places streamed into it as strings.

python-docx opens the shipped template and makes what there are few of: sections, headers and
footers, properties. Each section's body is one mark, a processing instruction, which user text
cannot produce; so are the notes and the comments. On writing, the package is copied member by
member into a new zip and each mark is replaced by a stream of strings. That is linear in the
quotations, needs no memory for their words, and gives the same bytes each time; the ordinary calls
of python-docx for tables are quadratic.

    matrix_docx       the document of a matrix
    quotations_docx   the quotation book
    sections/         the bodies, in the order of the pages: front, key, counts, themes or listing,
                      comparison, appendix, register, provenance, sources
    passages/         one quotation, its context, its note, its comment, the ways that lead to it
    template/         a template of the house: reading what of it is allowed, and applying it
    writing/          wml makes strings, skeleton the sections, splicing the package; paper, and
                      where rows break; the shipped template.docx, and how it is made again
"""
