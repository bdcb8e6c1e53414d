"""`/filter`: its grammar and its command."""
