"""What a person sees one at a time: each screen in a module, with its stylesheet beside it."""
