"""Stand-in for PyLTI1p3."""
