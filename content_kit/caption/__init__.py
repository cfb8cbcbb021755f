"""The words that go with a picture: one caption a channel, one alt text a post."""
