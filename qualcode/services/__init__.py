"""What people do, one module a thing. Here the rooms below are introduced to each other.

A service takes the store, plain values, who acts and when; it returns plain values. No service
knows a terminal, and none reads the clock.
"""
