"""The database: what readers and helpers write, kept through restarts. The index is not in it: that can always be built again."""
