"""What is printed: answer sheets, lists of a venue, cards to join, as PDF. A job is plain data; a process of its own draws it."""
