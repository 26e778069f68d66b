"""The invariants I1 to I12, some to a file. Every one reads a Game and yields breaches; all walk what there is once."""
