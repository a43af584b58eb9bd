"""The HTTP face: thin routes over the services, errors as RFC 9457 problems."""
