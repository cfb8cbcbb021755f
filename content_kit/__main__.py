"""`python -m content_kit` is the command line, for where scripts are not on the path."""

from content_kit.cli import main

main()
