"""How posts (职务) are worded on rosters: a pattern for one word of a cell, and what stands between words."""

from __future__ import annotations

import re

_PLACE = "(?:村级|社区|村|居)*"
_PARTY = "大?党委会?|党总支部?(?:委员会)?|总支部?(?:委员会)?|党支部(?:委员会)?|支部(?:委员会)?|党组织"
_VILLAGERS = "村民委员会|村民委|村委会|村委|居民委员会|居民委|居委会|居委|社区委员会"
_SUPERVISORY = "(?:村务|居务|村居务)?(?:监督委员会|监督委|监委会|监委|监会|监督)"
_PARTY_DUTY = "组织|宣传|纪检监察|纪检|纪律检查|统战|青年|群团|群众|群工|保密|学习|生活|武装"
_DUTY = f"(?:{_PARTY_DUTY}|妇女|治保|治安|调解|民政|文教|卫生|计生|文体)"
_SOCIETY = (
    "(?:村|集体|股份|经济|专业|农民|种植|养殖|旅游|农机|土地|联合)*"
    "(?:合作社|合作联社|联合社|经联社|经合社|集体经济组织)"
)
_SPECIALTY = "民政|人社|综治|党建|计生|扶贫|乡村振兴|社保|医保|就业|残联|环保|国土|农业|文化|卫生|卫健|信访|司法|统计|安全|安监|武装"
_STATION = "退役军人服务站|党群服务中心|便民服务(?:中心|站)|公共服务(?:中心|站)|新时代文明实践站"

# 配套职务, beside the eight posts. Source: resources/codes/codes.json, “app 配套职务”, and rosters of other counties
_SUPPORTING = (
    "文书|会计|出纳|报账员|村医|乡村医生|信访员|护林员|协管员|信息员|宣传员",
    "(?:妇联|妇代会|妇女|妇委会)(?:副?主席|副?主任|执委)",
    "(?:共青)?团(?:总?支部|总支|委)?(?:副?书记|委员)|团支书",
    "民兵(?:连|营)?(?:连长|营长|长|指导员)",
    "(?:治保|治安保卫|人民调解|调解|治调|综治)(?:委员会|会|中心)?(?:副?主任|员)|调委会(?:副?主任|委员)",
    "(?:专职)?网格(?:长|员|管理员)",
    "副?理事长|监事长|社长",
    f"(?:{_SPECIALTY})*(?:专干|专员)",
    "工会主席|残(?:疾人)?协(?:会)?(?:主席|专职委员|委员)|关工委(?:常务)?副?主任|老年协会会长|老协会长",
    "(?:村民|党)?小组长|村民组长|组长|社区工作者|社工|(?:专职)?党务工作者",
    f"(?:{_STATION})(?:副?站长|副?主任)|(?:办公室|计生)主任",
)

WORD = re.compile(
    "|".join(
        (
            # what holds the words of a post and is none comes before the posts
            rf"(?P<outside>{_PLACE}(?:驻村|{_PARTY})?第一书记|(?:驻村)?工作队(?:队长|队员|长|员)"
            rf"|{_PLACE}(?:{_PARTY}|{_VILLAGERS})?(?:书记|主任)助理|(?:大学生)?村官|(?:包|驻|联)村干部|后备干部)",
            rf"(?P<status>(?:临时|暂时|暂)?(?:主持|负责)(?:{_PARTY}|{_VILLAGERS}|村|社区|两委|日常|全面|行政|党务)*工作"
            r"|(?:临时)?负责人?|全面工作)",
            r"(?P<unclear>(?:支|村|居|社区)*两委(?:班子)?(?:委员|成员|干部)|班子成员|村干部)",
            r"(?P<both>一肩挑)",
            rf"(?P<society>{_SOCIETY}(?:副?理事长|理事|副?社长|监事长|监事|负责人))",
            rf"{_PLACE}(?:{_VILLAGERS})?(?P<supporting>{'|'.join(_SUPPORTING)})",
            rf"{_PLACE}(?:(?P<party>{_PARTY})|(?P<villagers>{_VILLAGERS})|(?P<supervisory>{_SUPERVISORY}))?"
            rf"(?:专职|常务|党务)*(?P<duties>{_DUTY}+(?=委员))?(?P<role>副?书记|副?主任|委员|成员)",
            rf"{_PLACE}(?P<short>党?副?支书|党?支委(?:会?委员)?|村委|居委|副?村长)",
            r"(?P<ignored>专职|在任|现任|担任|任|同时|村|社区)",
        )
    )
)
SEPARATORS = re.compile(r"\d+[、.)]|[、,;:/+()\[\]【】〔〕&|。.·—\-]|兼任|兼职|兼|和(?!谐)|以及|及|与")
DUTY = re.compile(_DUTY)
PARTY_DUTIES = frozenset(_PARTY_DUTY.split("|"))
DUTIES_IN_BRACKETS = re.compile(rf"委员\(({_DUTY}(?:[、,]?{_DUTY})*)(?:委员)?\)")  # 党支部委员（组织）
LISTED_DUTIES = re.compile(rf"{_DUTY}(?:[、,和及/]{_DUTY})+(?=委员)")  # 组织、宣传委员
