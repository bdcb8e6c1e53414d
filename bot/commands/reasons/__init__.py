"""Why and why not: the gates of one article, and what a bar would have brought."""
