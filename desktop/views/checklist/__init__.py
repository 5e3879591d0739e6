"""The pages of “8+N”: matrix, rectifications, moves of classes, schemes."""
