"""Lists of the roster: order, search, filters and counts, against plain Python over all lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from desktop.models.database.records import Records
from desktop.models.domain.months import age_on
from desktop.models.domain.names import name_keys, pinyin_of
from desktop.models.domain.posts import HeldPost, PartyForm, Post, post_wording
from desktop.models.domain.strokes import name_key, surname_key
from desktop.models.registers.committee_term import CommitteeTerm
from desktop.models.registers.roster import CHIPS, ESSENTIAL, ORDERS, ROSTER, RosterQuery, RosterRow, value_of
from desktop.models.services.roster_lists import shown
from desktop.office import Office
from tests.offices import CITY, COMMUNITY, TODAY, TOWNSHIP, VILLAGE, identity_number, member

QUERY = RosterQuery(on=TODAY)
DAYS = (TODAY, date(2026, 1, 1), date(2021, 11, 30), date(2019, 5, 1), date(2000, 1, 1))


@pytest.fixture
def mixed(sample: Office) -> Office:
    """The sample's people and some who are seldom met."""
    roster = sample.roster
    roster.add(VILLAGE, {"name": "尉迟堃", "posts": "村委会委员", "remarks": "2021.05"}, TODAY)
    roster.add(VILLAGE, {"name": "张\U0002c029", "posts": "党支部组织、宣传委员", "birth": "1990"}, TODAY)
    roster.add(COMMUNITY, {"name": "欧阳春", "posts": "居务监督委员会主任"}, TODAY)
    both = roster.add(VILLAGE, member(name="单建国", id_number=identity_number("19910301")), TODAY)
    roster.appoint(both[0], COMMUNITY, "居委会委员", "2024.03", TODAY)
    leaving = roster.keys(QUERY)[3]
    roster.end_terms([term.id for term in roster.rows([leaving], TODAY)[0].terms], date(2026, 1, 1), "")
    sample.divisions.update(VILLAGE, aliases="老毕家\n毕塘", party_form="general_branch")
    return sample


def every(office: Office, on: date) -> list[RosterRow]:
    """Every line of a day in the local order, made without a roster query."""
    divisions = office.divisions.all()
    order = {code: number for number, code in enumerate(divisions)}
    people = {key[0] for day in DAYS for key in office.roster.keys(RosterQuery(on=day))}
    rows = office.roster.rows([(person, code) for person in people for code in divisions], on)

    def place(row: RosterRow) -> tuple[object, ...]:
        return order[row.division.code], row.terms[0].post, surname_key(row.person.name), row.person.id

    return sorted(rows, key=place)


def wanted(row: RosterRow, query: RosterQuery, office: Office) -> bool:
    """Whether a line belongs to a query."""
    return (
        (query.unit is None or row.division.code in {d.code for d in office.divisions.under(query.unit)})
        and _fits_chip(row, query)
        and (not query.search.strip() or _found(row, query.search))
        and all(_stays(row, field, texts) for field, texts in query.filters)
    )


def _fits_chip(row: RosterRow, query: RosterQuery) -> bool:
    posts = {term.post for term in row.terms}
    match query.chip:
        case "secretaries":
            return Post.PARTY_SECRETARY in posts
        case "under_35":
            birth = row.person.birth or "0000"
            age = age_on(birth, query.on)
            return age <= 35 if age is not None else query.on.year - int(birth) <= 35  # whatever the month
        case "women":
            return row.person.sex == "2"
        case "term_ends":
            return False  # no terms of committees are written down here
        case "incomplete":
            return any(value_of(row, name) is None for name in (*ESSENTIAL, "post_since"))
    return True


def _found(row: RosterRow, text: str) -> bool:
    if text.isdigit():
        return any(number and number.endswith(text) for number in (row.person.phone, row.person.id_number))
    if text.isascii():
        return any(key.startswith(text) for key in name_keys(row.person.name))
    division = row.division
    return (
        text in row.person.name
        or text in f"{division.short_name} {division.name} {division.aliases}"
        or any(text in (term.title or "") for term in row.terms)
        or any(text in wording for term in row.terms for wording in _wordings(term.post))
    )


def _wordings(post: str) -> list[str]:
    if post >= Post.SUPPORTING:
        return []
    held = HeldPost(Post(post))
    return [post_wording(held, form, community=c) for form in PartyForm for c in (False, True)]


def _stays(row: RosterRow, field: str, texts: frozenset[str]) -> bool:
    if field == "posts":
        return any(Post(term.post).label in texts for term in row.terms)
    return shown(row, field, full=False) in texts


def in_order(rows: list[RosterRow], query: RosterQuery, office: Office) -> list[RosterRow]:
    """Lines sorted as a query asks; who has no value comes last either way."""
    if query.sort is None:
        return rows
    field, descending = query.sort
    order = {code: number for number, code in enumerate(office.divisions.all())}

    def key(row: RosterRow) -> Any:
        match field:
            case "name":
                return pinyin_of(row.person.name)
            case "name:surname":
                return surname_key(row.person.name)
            case "name:strokes":
                return name_key(row.person.name)
            case "posts":
                return row.terms[0].post
            case "village":
                return order[row.division.code]
            case "township":
                return order[row.division.parent or ""]
        return value_of(row, field)

    known = [row for row in rows if key(row) is not None]
    return sorted(known, key=key, reverse=descending) + [row for row in rows if key(row) is None]


def a_query(chance: Random, rows: list[RosterRow]) -> RosterQuery:
    """Any query, more often one that some line answers."""
    some = chance.choice(rows)
    name, division = some.person.name, some.division
    searches = [
        *("", "", "", "z", "zh", "书记", "副", "委员", "党总支", "组织委员", "妇联", "监督", "%", "_", "张%"),
        *("' OR 1=1 --", name, name[1:], name[:1], "".join(pinyin_of(name)), pinyin_of(name)[0]),
        *((some.person.phone or "")[-4:], (some.person.id_number or "")[-5:].lower().rstrip("x")),
        *(division.short_name, division.name[:2], division.short_name[-2:], "老毕"),
    ]
    fields = [field.name for field in ROSTER.fields]
    filters = []
    for field in chance.sample(fields, chance.choice((0, 0, 0, 1, 1, 2))):
        texts = {shown(chance.choice(rows), field, full=False) for _ in range(chance.randint(0, 4))}
        if field == "posts":
            texts = {post.label for post in chance.sample(list(Post), chance.randint(0, 3))}
        filters.append((field, frozenset(texts)))
    return RosterQuery(
        on=chance.choice((TODAY, *DAYS)),
        unit=chance.choice((None, None, None, CITY, TOWNSHIP, division.code, "421081001000")),
        search=chance.choice(searches),
        chip=chance.choice(("all", "all", *CHIPS)),
        filters=tuple(filters),
        sort=chance.choice((None, (chance.choice((*fields, *ORDERS["name"])), chance.random() < 0.5))),
    )


@pytest.mark.parametrize("seed", range(5))
def test_any_query_has_the_lines_that_plain_python_finds_in_their_order(mixed: Office, seed: int) -> None:
    chance = Random(seed)
    days = {day: every(mixed, day) for day in DAYS}
    hits = 0
    for _ in range(60):
        query = a_query(chance, days[TODAY])

        keys = mixed.roster.keys(query)

        rows = [row for row in days[query.on] if wanted(row, query, mixed)]
        assert keys == [row.key for row in in_order(rows, query, mixed)], query
        assert mixed.roster.chips(query)[query.chip] == len(keys), query
        hits += bool(keys)
    assert hits > 12


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("name:surname", [*"王韦尤车水牛毛卞文方尹孔邓"]),
        ("name:surname", ["司马光", "司徒一", "张三", "欧阳修", "尉迟恭"]),
        ("name:surname", ["王三", "王伟", "王一伟"]),  # one character counts as blank and character
        ("name:strokes", ["王一伟", "王三", "王伟"]),
        ("name:surname", ["丁一", "毕一", "㐂一", "龘一"]),  # 㐂 is counted: it ends those of six
        ("name", ["单伟", "王伟", "解伟", "曾伟"]),  # shan, wang, xie, zeng
    ],
)
def test_names_are_sorted_as_offices_do(office: Office, order: str, names: list[str]) -> None:
    for name in sorted(names):
        office.roster.add(VILLAGE, {"name": name * (1 + (len(name) == 1)), "posts": "村委会委员"}, TODAY)
    usual, turned = (office.roster.keys(replace(QUERY, sort=(order, down))) for down in (False, True))

    found = [row.person.name for row in office.roster.rows(usual, TODAY)]
    assert [name[: len(asked)] for name, asked in zip(found, names, strict=True)] == names
    assert turned == usual[::-1]


def test_within_a_village_people_stand_by_post_then_by_the_strokes_of_their_surnames(office: Office) -> None:
    posts = {"邓伟": "村委会委员", "王伟": "村委会委员", "孔伟": "村委会委员", "张伟": "党支部书记"}
    for name, post in posts.items():
        office.roster.add(VILLAGE, {"name": name, "posts": post}, TODAY)

    rows = office.roster.rows(office.roster.keys(QUERY), TODAY)

    assert [row.person.name for row in rows] == ["张伟", "王伟", "孔伟", "邓伟"]


def test_what_is_kept_of_everybody_follows_each_change_and_each_day(mixed: Office) -> None:
    chance = Random(9)
    asked = [
        replace(QUERY, search=search, sort=sort)
        for search in ("", "z", "9", "zh")
        for sort in (None, ("name:surname", False), ("name:strokes", True), ("name", False))
    ]

    def as_told() -> bool:
        days = {day: every(mixed, day) for day in (TODAY, DAYS[2])}
        queries = [replace(query, on=day) for query in asked for day in days]
        chance.shuffle(queries)
        return all(
            mixed.roster.keys(query)
            == [
                row.key
                for row in in_order([r for r in days[query.on] if wanted(r, query, mixed)], query, mixed)
            ]
            for query in queries
        )

    assert as_told()
    mixed.roster.set_cell(mixed.roster.keys(QUERY)[5], "name", "王一", TODAY)
    assert as_told()
    mixed.roster.remove(mixed.roster.keys(QUERY)[:2])
    assert as_told()
    mixed.history.undo()
    mixed.divisions.update(VILLAGE, position=0)
    assert as_told()


@pytest.mark.parametrize("field", [field.name for field in ROSTER.fields])
def test_a_heading_lists_its_values_with_counts_apart_from_its_own_filter(mixed: Office, field: str) -> None:
    query = replace(QUERY, chip="secretaries", filters=((field, frozenset()), ("sex", frozenset({"男"}))))
    if field == "sex":
        query = replace(query, filters=((field, frozenset()),))
    rows = [
        row
        for row in every(mixed, TODAY)
        if _fits_chip(row, query) and (field == "sex" or row.person.sex == "1")
    ]

    facet = mixed.roster.facet(field, query)

    counted = Counter(text for row in rows for text in _facet_texts(row, field))
    assert dict(facet) == counted
    assert len(facet) == len(counted)


def _facet_texts(row: RosterRow, field: str) -> set[str]:
    return (
        {Post(term.post).label for term in row.terms} if field == "posts" else {shown(row, field, full=False)}
    )


def test_every_value_of_a_heading_finds_the_lines_it_counts(mixed: Office) -> None:
    for field in ROSTER.fields:
        for text, count in mixed.roster.facet(field.name, QUERY):
            found = mixed.roster.keys(replace(QUERY, filters=((field.name, frozenset({text})),)))

            assert len(found) == count, (field.name, text)


def test_a_heading_shows_no_whole_number(mixed: Office) -> None:
    shown_texts = [text for name in ("id_number", "phone") for text, _ in mixed.roster.facet(name, QUERY)]

    assert all("*" in text for text in shown_texts if text)


def test_a_text_that_looks_like_a_month_is_filtered_as_text(mixed: Office) -> None:
    found = mixed.roster.keys(replace(QUERY, filters=(("remarks", frozenset({"2021.05"})),)))

    assert [row.person.name for row in mixed.roster.rows(found, TODAY)] == ["尉迟堃"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("单建国", "单建国"),
        ("建国", "单建国"),
        ("shanjg", None),  # initials and whole readings, not both in one
        ("sjg", "单建国"),
        ("SJG", "单建国"),
        ("shanjianguo", "单建国"),
        ("shan jian guo", "单建国"),
        ("jianguo", "单建国"),
        ("yuchik", "尉迟堃"),
        ("weichik", "尉迟堃"),
        ("欧 阳", "欧阳春"),
        ("张\U0002c029", "张\U0002c029"),
        ("\U0002c029", "张\U0002c029"),
        ("0001", "单建国"),
        ("毕塘", "单建国"),
        ("老毕家", "单建国"),
        ("焦山河社区", "欧阳春"),
        ("焦山河居委会", "欧阳春"),
        ("宣传委员", "张\U0002c029"),
    ],
)
def test_a_person_is_found_by_what_people_type(mixed: Office, typed: str, name: str | None) -> None:
    found = mixed.roster.rows(mixed.roster.keys(replace(QUERY, search=typed)), TODAY)

    assert (name in {row.person.name for row in found}) == (name is not None)


def test_a_former_name_or_number_finds_nobody_any_more(sample: Office) -> None:
    key = sample.roster.add(VILLAGE, member(name="仉督", phone="19955557777"), TODAY)
    sample.roster.set_cell(key, "name", "仉明", TODAY)
    sample.roster.set_cell(key, "phone", "19955558888", TODAY)

    found = {
        typed: sample.roster.keys(replace(QUERY, search=typed)) for typed in ("仉督", "7777", "zm", "8888")
    }

    assert found == {"仉督": [], "7777": [], "zm": found["zm"], "8888": [key]}
    assert key in found["zm"]


def test_the_tree_is_in_local_order_with_everybody_counted(mixed: Office) -> None:
    units = mixed.roster.units(TODAY)

    rows = every(mixed, TODAY)
    assert [unit.division.code for unit in units] == [d.code for d in mixed.divisions.under(TOWNSHIP)]
    assert [unit.depth for unit in units] == [0] + [1] * 23
    assert units[0].people == len(rows)
    assert {unit.division.code: unit.people for unit in units[1:] if unit.people} == Counter(
        row.division.code for row in rows
    )


def test_the_tree_has_foreign_villages_with_people_and_none_that_was_put_away(mixed: Office) -> None:
    mixed.roster.add("421081001001", {"name": "甲", "posts": "居委会委员"}, TODAY)
    mixed.divisions.update("421081106502", active=0)

    units = mixed.roster.units(TODAY)

    codes = [unit.division.code for unit in units]
    assert codes[:2] == ["421081001000", "421081001001"]
    assert [unit.depth for unit in units[:3]] == [0, 1, 0]
    assert "421081106502" not in codes


def test_the_figures_of_the_office_count_people_once(mixed: Office) -> None:
    rows = every(mixed, TODAY)

    summary = mixed.roster.summary(TODAY)

    assert summary.people == len({row.person.id for row in rows}) == len(rows) - 1
    assert summary.villages == len({row.division.code for row in rows})
    assert summary.secretaries == sum(_fits_chip(row, replace(QUERY, chip="secretaries")) for row in rows)
    assert summary.incomplete == sum(bool(_missing(mixed, row)) for row in rows)


def _missing(office: Office, row: RosterRow) -> set[str]:
    return {
        field for field, words in office.roster.problems(row, TODAY).items() if words.startswith("还没有")
    }


def test_each_chip_counts_what_it_would_show(mixed: Office) -> None:
    query = replace(QUERY, search="委员", chip="women", filters=(("ethnic_group", frozenset({"汉族"})),))

    counts = {chip: len(mixed.roster.keys(replace(query, chip=chip))) for chip in CHIPS}

    assert mixed.roster.chips(query) == counts


@pytest.mark.parametrize(
    ("start", "due", "ends"),
    [
        ("2021-11", "2026-11", True),
        ("2021-11", None, True),  # five years
        ("2021-11", "2027-05", True),
        ("2021-11", "2027-06", False),
        ("2021", "2026", True),
        ("2022", "2027", False),  # until December
        ("2026-12", "2031-12", False),  # has not begun
        (None, "2024-03", True),  # over
    ],
)
def test_whose_term_ends_within_half_a_year(
    office: Office, start: str | None, due: str | None, ends: bool
) -> None:
    office.roster.add(VILLAGE, member(posts="党支部书记"), TODAY)
    only_committee = member(posts="村委会委员", id_number=identity_number(order=2))
    office.roster.add(VILLAGE, only_committee, TODAY)
    term = CommitteeTerm(id="1", division_code=VILLAGE, committee="1", start=start, due=due)
    with office._store.change("试验"):
        Records(office._store).insert_many([term])

    found = office.roster.rows(office.roster.keys(replace(QUERY, unit=VILLAGE, chip="term_ends")), TODAY)

    assert [row.posts_text for row in found] == (["党支部书记"] if ends else [])


def test_a_later_term_ends_later(office: Office) -> None:
    office.roster.add(VILLAGE, member(posts="党支部书记"), TODAY)
    terms = [
        CommitteeTerm(id=start, division_code=VILLAGE, committee="1", start=start)
        for start in ("2021-11", "2026-10")
    ]
    with office._store.change("试验"):
        Records(office._store).insert_many(terms)

    assert office.roster.chips(replace(QUERY, unit=VILLAGE))["term_ends"] == 0


def test_an_empty_office_has_empty_lists(office: Office) -> None:
    assert office.roster.keys(QUERY) == []
    assert office.roster.chips(QUERY) == dict.fromkeys(CHIPS, 0)
    assert [office.roster.facet(field.name, QUERY) for field in ROSTER.fields] == [[]] * len(ROSTER.fields)
    assert {unit.people for unit in office.roster.units(TODAY)} == {0}


@pytest.mark.parametrize(
    "typed", ["'", "%", "_", '"', "\\", "\x00", "（", "'; DROP TABLE person; --", "𠮷" * 500]
)
def test_a_search_takes_every_character_as_itself(mixed: Office, typed: str) -> None:
    assert mixed.roster.keys(replace(QUERY, search=typed)) in ([], mixed.roster.keys(QUERY))


def test_a_name_with_a_percent_sign_is_not_a_wildcard(office: Office) -> None:
    key = office.roster.add(VILLAGE, {"name": "阿%布", "posts": "村委会委员"}, TODAY)
    office.roster.add(VILLAGE, {"name": "阿里布", "posts": "村委会委员"}, TODAY)

    assert office.roster.keys(replace(QUERY, search="阿%")) == [key]


def test_the_time_line_of_a_person_is_newest_first(mixed: Office) -> None:
    person = next(row.person for row in every(mixed, TODAY) if row.person.name == "单建国")

    lines = mixed.roster.terms(person.id)

    assert [(found.village, found.wording, found.term.start) for found in lines] == [
        ("焦山河社区", "居委会委员", "2024-03"),
        ("毕家塘村", "党总支书记", "2021-12"),
        ("毕家塘村", "村委会主任", "2021-12"),
    ]
