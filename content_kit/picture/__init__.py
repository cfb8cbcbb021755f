"""From a template and its data to a finished picture: bind, lay out, paint, encode."""
