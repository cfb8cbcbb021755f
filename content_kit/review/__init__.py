"""Approval that cannot go stale: the seal of a post, the events about it, and what follows from both."""
