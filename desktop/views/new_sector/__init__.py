"""The pages of the new sector (两新组织): units, party organisations, instructors, visits."""
