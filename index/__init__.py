"""The index: passages cut from the library, their vectors and keywords, built in versions and searched."""
