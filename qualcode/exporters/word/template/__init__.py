"""A template of the house: what of it may travel, and how a document takes it on."""
