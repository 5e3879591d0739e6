"""Every register that is stored, parents before children: what history, packages and backups go by."""

from __future__ import annotations

from desktop.models.registers.activity import ACTIVITY, ATTENDANCE, FIELD_PROBLEM
from desktop.models.registers.checklist import ASSESSMENT, ASSESSMENT_ITEM, GRADING
from desktop.models.registers.choice import CHOICE
from desktop.models.registers.committee_term import COMMITTEE_TERM
from desktop.models.registers.division import DIVISION
from desktop.models.registers.handoff import HELD_ROW, TAKEN_PACKAGE
from desktop.models.registers.mentoring import MANAGED_SECRETARY, MENTORING
from desktop.models.registers.new_sector import INSTRUCTOR, ORGANIZATION, PARTY_BRANCH, VISIT
from desktop.models.registers.person import PERSON
from desktop.models.registers.person_file import ATTACHMENT, RECOGNITIONS, RELATIVE, TRAINING
from desktop.models.registers.person_pair import PERSON_PAIR
from desktop.models.registers.rally import RALLY, RALLY_ITEM, RALLY_SCORE
from desktop.models.registers.remark import REMARK
from desktop.models.registers.reserve import APPRAISAL, RESERVE
from desktop.models.registers.schemes import SCHEME, SCHEME_ITEM
from desktop.models.registers.study import STUDY
from desktop.models.registers.term import TERM
from desktop.models.registers.village_year import VILLAGE_YEAR

REGISTERS = (
    *(DIVISION, PERSON, TERM),
    *(COMMITTEE_TERM, VILLAGE_YEAR, RESERVE, APPRAISAL, STUDY, TRAINING, RECOGNITIONS, RELATIVE, ATTACHMENT),
    PERSON_PAIR,
    *(PARTY_BRANCH, INSTRUCTOR, ORGANIZATION, VISIT),
    *(SCHEME, SCHEME_ITEM, ASSESSMENT, ASSESSMENT_ITEM, GRADING),
    *(MANAGED_SECRETARY, MENTORING, ACTIVITY, ATTENDANCE, FIELD_PROBLEM),
    CHOICE,
    *(TAKEN_PACKAGE, HELD_ROW, REMARK),
    *(RALLY, RALLY_ITEM, RALLY_SCORE),
)
