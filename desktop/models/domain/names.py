"""Names of people (姓名): cleaning without harm, characters that have no code, the keys they are searched by."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from itertools import islice, product

from desktop.models.domain.cleaning import INVISIBLE, SPACES, means_nothing
from desktop.models.domain.reading import SILENT, Cell, Reading
from desktop.paths import resource

# GB 18030-2000 put 80 characters at U+E815 … U+E864 that Unicode has coded since; old systems still send them.
_ONCE_PRIVATE = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
# CJK radicals that look like whole characters. Source: Unicode, EquivalentUnifiedIdeograph.txt
_RADICALS = dict(
    zip(
        "⺎⺏⺐⺒⺓⺛⺜⺝⺟⺠⺧⺩⺮⺯⺱⺶⺷⺹⺺⺼⺽⻁⻄⻅⻆⻇⻉⻋⻌⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻲⻳",
        "兀尣尢巳幺旡日月母民牛王竹糸罓羊羊耂聿肉臼虎西见角角贝车辶長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙亀龟",
        strict=True,
    )
)
_KANGXI = (
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳"
    "心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾"
    "見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"
)
_LOOKALIKES = str.maketrans(
    _RADICALS
    | {chr(0x2F00 + i): c for i, c in enumerate(_KANGXI)}
    | dict.fromkeys("•‧・．∙⋅･", "·")
    | {"○": "〇"}
)
_PLAIN = re.compile("[\u4e00-\u9fa5]{2,4}")  # nearly all names: nothing to clean, nothing to doubt
_LOST = re.compile(r"[?？□■◻◼\ufffd*＊#]")
_NOTE = re.compile(r"[（(\[【][^）)\]】]*[)）\]】]")
_NOT_A_NAME = re.compile(r"[0-9０-９/／、，,;；:：。.]")
_LONGEST = 40  # characters of a name: one more is a paragraph in the wrong column
_COMBINATIONS = 8  # readings of one name that are indexed: more are never typed


def clean_name(text: str) -> str:
    """Return a name as it is stored: no padding between characters, radicals and dots in their common form.

    Latin words keep single spaces. No NFKC: it would turn one person's character into another.
    """
    bare = SPACES.sub(" ", INVISIBLE.sub("", text)).translate(_LOOKALIKES).strip()
    return re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", bare)


def is_private(character: str) -> bool:
    """Whether a character lies in a private-use area: it has no agreed meaning and prints as another on the next PC."""
    code = ord(character)
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def likely_character(character: str) -> str | None:
    """The character that old GB 18030 systems mean by a private-use one, where it is known."""
    index = ord(character) - 0xE815
    return _ONCE_PRIVATE[index] if 0 <= index < len(_ONCE_PRIVATE) else None


def read_name(cell: Cell, _today: date) -> Reading:
    """Read a name; private-use or lost characters make it doubtful, a bracketed note is cut off and pointed out."""
    text = cell.text
    if _PLAIN.fullmatch(text) and not means_nothing(text):
        return Reading(text)
    name = clean_name(text)
    if means_nothing(name):
        return SILENT
    if len(name) > _LONGEST:
        return Reading(problem=f"“{name[:_LONGEST]}…”太长，不像姓名，请核对。")
    private = next(filter(is_private, name), None)
    if private is not None:
        return Reading(problem=_private_advice(name, private))
    if _LOST.search(name):
        return Reading(problem=f"姓名“{name}”里有没能显示的字，请对照身份证重新录入。")
    bare = _NOTE.sub("", name)
    if not bare or _NOT_A_NAME.search(bare):
        return Reading(problem=f"“{name}”不像姓名，请核对。")
    if bare != name:
        notes = "".join(_NOTE.findall(name))
        return Reading(bare, problem=f"姓名后面的说明“{notes}”没有记下，请登记到备注。")
    return Reading(bare)


def _private_advice(name: str, character: str) -> str:
    where = f"第 {name.index(character) + 1} 个字（U+{ord(character):04X}）是旧系统自造的字，换台电脑就会变样"
    likely = likely_character(character)
    if likely:
        return f"姓名{where}。很可能是“{likely}”，请核对后录入“{name.replace(character, likely)}”。"
    return f"姓名{where}，请对照身份证重新录入这个字。"


@lru_cache(maxsize=1)
def _readings() -> dict[str, tuple[str, ...]]:
    """Readings without tones of every character, the commonest first (resources/codes/readings.txt)."""
    lines = resource("codes/readings.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: tuple(line[2:].split()) for line in lines}


@lru_cache(maxsize=1)
def _surname_readings() -> dict[str, tuple[str, ...]]:
    data = json.loads(resource("codes/surname_readings.json").read_text(encoding="utf-8"))["readings"]
    return {surname: tuple(reading.split()) for surname, reading in data.items()}


def split_surname(name: str) -> tuple[str, str]:
    """Surname and given name; a compound surname (尉迟, 欧阳) is kept whole."""
    length = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    return name[:length], name[length:]


COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
        "仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐"
        "段干百里呼延东郭南门羊舌微生公户公玉公仪梁丘公仲公上公门公山公坚左丘公伯西门公祖第五公乘贯丘公皙"
        "南荣东里东宫仲长子书子桑即墨达奚褚师单于",
    )
)


def _spellings(text: str) -> Iterator[tuple[str, ...]]:
    """The ways to read some characters, a syllable each, the likeliest first."""
    table = _readings()
    return product(*[table.get(character) or (character.lower(),) for character in text])


@cache
def _surname_spellings(surname: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read a surname; as one it is often read otherwise than alone (单 is shan)."""
    special = _surname_readings().get(surname)
    others = [spelling for spelling in _spellings(surname) if spelling != special]
    return (special, *others) if special else tuple(others)


def pinyin_of(name: str) -> tuple[str, ...]:
    """The likeliest reading of a name, a syllable a character, to sort by."""
    surname, given = split_surname(name)
    return _surname_spellings(surname)[0] + _given_spelling(given) if name else ()


@lru_cache(maxsize=10_000)  # many share one
def _given_spelling(given: str) -> tuple[str, ...]:
    return next(_spellings(given))


def name_keys(name: str) -> set[str]:
    """Keys that find a name by prefix: its characters from any place on, initials and full readings of name and given name.

    ``张建国`` → 张建国 建国 国 zjg jg zhangjianguo jianguo
    """
    surname, given = split_surname(name)
    keys = {name, name[1:], *_tails(given)}
    pairs = [(second, first) for second in _given_keys(given) for first in _surname_keys(surname)]
    for (initials, whole), (first_initials, first_whole) in pairs[:_COMBINATIONS]:
        keys |= {first_initials + initials, first_whole + whole, initials, whole}
    keys.discard("")
    return keys


@lru_cache(maxsize=10_000)  # many share one
def _tails(text: str) -> frozenset[str]:
    return frozenset(text[i:] for i in range(len(text)))


@cache
def _surname_keys(surname: str) -> tuple[tuple[str, str], ...]:
    return tuple(_initials_and_whole(spelling) for spelling in _surname_spellings(surname))


@lru_cache(maxsize=10_000)  # many share one
def _given_keys(given: str) -> tuple[tuple[str, str], ...]:
    return tuple(_initials_and_whole(spelling) for spelling in islice(_spellings(given), _COMBINATIONS))


def _initials_and_whole(syllables: tuple[str, ...]) -> tuple[str, str]:
    return "".join([syllable[0] for syllable in syllables]), "".join(syllables)


def search_keys(name: str, phone: str | None, id_number: str | None) -> set[str]:
    """All keys of a person; numbers are found by their tail, so they are stored backwards with a mark before them."""
    keys = name_keys(name)
    for number in (phone, id_number):
        if number:
            keys.add(f"#{number[::-1]}")
    return keys


def search_prefix(text: str) -> str:
    """What a person typed in a search box, as the beginning of a key."""
    typed = clean_name(text).lower()
    if re.fullmatch(r"[0-9]+x?", typed):
        return "#" + typed[::-1].upper()
    return re.sub(r"[ ']", "", typed)
