"""What `quizserver doctor` does: looks at everything an evening stands on, and says what to do about it.

A server that runs on the folder is only read from, and plays on.
"""
