"""How a document is written: skeleton, streams of markup, and the package they are spliced into."""
