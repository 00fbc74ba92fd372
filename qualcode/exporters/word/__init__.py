"""Word documents: a skeleton made by python-docx, and its heavy places streamed into it as strings.

python-docx opens the shipped template and makes what there are few of: sections, headers and
footers, properties. Each section's body is one mark, a processing instruction, which user text
cannot produce; so are the notes and the comments. On writing, the package is copied member by
member into a new zip and each mark is replaced by a stream of strings. That is linear in the
quotations, needs no memory for their words, and gives the same bytes each time; the ordinary calls
of python-docx for tables are quadratic.

    textsafe (one floor up)   what may stand in a document at all
    wml, tables               small functions that return strings of WordprocessingML
    styles, make_template     the shipped template.docx, and how it is made again
    colours                   themes' colours that can be read
    sheet, layout             the paper; which columns share a table, where long cases are broken
    trail                     the numbers of passages, and the ways between cell and appendix
    quoted                    one quotation: its words, where they come from, its memos
    front, key, counts        the bodies: title page, key to the signs, summary of codings,
    themes, listing             a theme in tables, or as a list,
    comparison                  continuity and variation,
    in_context, appendix        quotations in context,
    register                    the interviews,
    provenance                  how the document was made
    notes, comments           what stands beside the body in parts of its own
    package, skeleton         marks, streams and the zip; sections and properties
    running                   what stands at the top and at the foot of each page
    house, foreign            a template of a house: what is read of it, what may stand in ours
    dressing, livery            its styles, fonts and colours in our package; all of it, ready
    letterhead, drawings        its header and footer made anew, and the pictures in them,
    pictures, fitting           without what these say of themselves, and laid on our paper
    matrix_docx               the document of a matrix
    quotations_docx           the quotation book
"""
