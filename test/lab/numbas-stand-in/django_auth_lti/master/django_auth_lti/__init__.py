"""Stand-in for django-auth-lti."""
