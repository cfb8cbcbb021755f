"""content_kit turns a posyandu's own plan into finished, checked pictures and captions."""

__version__ = "0.1.0"
