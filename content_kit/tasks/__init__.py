"""What people do, each use-case once: values in, a result value out, for every front end."""
