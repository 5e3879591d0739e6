"""The hand-off (报送汇总): what a township sends, what a city takes in, and whom they trust."""
