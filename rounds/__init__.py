"""Packs: how they are written (YAML), read, checked and frozen into what a battle is played with.

May import `quizserver.battle` and nothing else of the server.
"""
