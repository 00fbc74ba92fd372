"""The command line: one module per noun, each command a parse, one service call, a hand-over.

A command's module is loaded when it is called, and the services, which bring SQLAlchemy (0.2 s),
when it runs: that is why they are imported inside the functions here, and why help is quick.
"""
