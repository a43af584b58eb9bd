"""The people who use the desk, and the programs: accounts, sessions, keys, and what each may do."""
