"""`/settings`: one message that is edited in place, page by page."""
