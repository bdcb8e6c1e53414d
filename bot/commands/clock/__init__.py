"""The clock of a chat: its digest, its time zone and its quiet hours."""
