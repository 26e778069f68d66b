"""Use cases of a battle; they know ports and never a product behind one."""
