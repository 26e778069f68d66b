"""What a battle came to: rows for spreadsheets, JSON, masks, and the files that venues fill in. Pure."""
