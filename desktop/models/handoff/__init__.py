"""Hand-off by USB stick (报送): keys, packages, whom to believe, and writing to a stick; docs/handoff.md."""
