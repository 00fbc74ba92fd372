"""Pages for the browser: one file each, which asks nothing of the network and runs no script.

page         the frame: head, title, contents, style; words made safe
parts        what pages share: facts, tables, a quotation with its source
matrix_html  the matrix, in the order of the Word document
book_html    the quotation book
"""
