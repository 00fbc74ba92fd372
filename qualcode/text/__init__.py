"""Pure functions on text: places, words, sentences, search, quoted words, likeness.

No file, store or screen is known here; what is heavy is loaded by the function that needs it.
"""
