"""The sections of a document, in the order of its pages."""
