"""Rule-books by city: plan.toml, cases.toml and citations.toml in one folder each."""
