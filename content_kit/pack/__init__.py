"""Flat folders that a phone can take: numbered pictures with the text for each beside them."""
