"""A real-time server for quiz battles: teams on phones and teams on paper, in one standing."""
