"""Questions, metrics, runner and training for the assistant. Nothing imports this package."""
