"""The pages of “四个一”: matrix, secretaries under management, mentors, activities, problems, calendar."""
