"""A passage in a document: quoted, in its context, with its note, its comment and its links."""
