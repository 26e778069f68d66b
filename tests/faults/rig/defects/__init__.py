"""Defects that the real server can be given, each by itself, before it starts. None is in the product, nor a switch for one.

A defect is a function that patches this process; `defective.py` calls it and then runs the real command line.
"""
