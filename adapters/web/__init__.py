"""The chat page: a platform without an account, served on loopback."""
