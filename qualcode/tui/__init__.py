"""The coding screen: an interview read and coded by keyboard. It shows values and sends wishes.

`keys/` is the one table of commands, `own/` what belongs to the person. `transcript/` draws an
interview, `screens/` are what a person sees one at a time, `widgets/` what screens are put together
from. `plain/` is the same work in lines. Widths are counted in terminal cells here, and nowhere
below.
"""
