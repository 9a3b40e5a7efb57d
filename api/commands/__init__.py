"""The acts of the terminal by subject. What one needs is imported when it runs: `--help` answers at once."""
