"""From a strategy and a library to a month of posts, and what to do when a day changes."""
