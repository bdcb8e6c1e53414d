"""Broadcasts: what an admin types and presses from the first draft to the recall."""
