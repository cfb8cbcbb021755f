"""Everything that reads or writes a user's files, with one door for each file format."""
