"""Topics and their bars: subscribing, changing, choosing and listing."""
