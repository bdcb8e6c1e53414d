"""The outside world: chat platforms and article sources, each translated to and from the engine's words."""
