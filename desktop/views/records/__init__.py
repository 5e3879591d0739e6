"""Pages of the simple registers: 后备力量, 双提升, 村级数据, 届次."""
