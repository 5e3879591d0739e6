"""Invented rosters as ledgers, for the tests and for looking at."""

from __future__ import annotations

import json
from itertools import cycle

from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span
from desktop.paths import RESOURCES

A3_COLUMNS = (
    Column(label="序号", width_mm=9),
    Column(label="村（社区）", width_mm=18, merge=True),
    Column(label="姓名", width_mm=17),
    Column(label="性别", width_mm=8),
    Column(label="民族", width_mm=11),
    Column(label="出生年月\n（岁）", width_mm=18),
    Column(label="籍贯", width_mm=17),
    Column(label="政治面貌", width_mm=14),
    Column(label="入党时间", width_mm=16),
    Column(label="全日制", parent="学历", width_mm=12),
    Column(label="在职", parent="学历", width_mm=12),
    Column(label="毕业院校及专业", width_mm=28, align=Align.LEFT),
    Column(label="职务", width_mm=30, align=Align.LEFT),
    Column(label="任现职\n时间", width_mm=16),
    Column(label="任村干部起始时间", width_mm=16),
    Column(label="身份类别（来源）", width_mm=17),
    Column(label="是否一肩挑", width_mm=10),
    Column(label="是否交叉任职", width_mm=10),
    Column(label="两代表一委员", width_mm=14),
    Column(label="分管工作", width_mm=22, align=Align.LEFT),
    Column(label="年报酬（元）", width_mm=14, align=Align.RIGHT),
    Column(label="养老保险", width_mm=12),
    Column(label="身份证号", width_mm=22),
    Column(label="联系电话", width_mm=24),
    Column(label="备注", width_mm=14, align=Align.LEFT),
)
_A4 = (0, 1, 2, 3, 5, 7, 8, 10, 12, 13, 22, 23, 24)
A4_COLUMNS = tuple(A3_COLUMNS[number] for number in _A4)
VILLAGES = ("金银垱社区", "滑家垱居委会", "宜山垱村", "万家剅村", "俞家鋪村", "张城垸社区")
NAMES = (
    "张　三",
    "赵德堃",
    "欧阳𬱖",
    "阿卜杜拉·买买提",
    "邱𠅤",
    "余𡌴",
    "雷𥇍",
    "爱新觉罗·启𬤇",
    "龙龘",
    "刘䶮",
    "侯𠙶",
    "段𣲗",
    "上官婉儿",
    "鹿麤",
    "邵瓛",
    "徐㼆",
    "司徒淼淼",
)
POSTS = (
    "党总支书记、村委会主任、村集体经济股份合作社理事长",
    "党总支副书记、村委会副主任",
    "党总支组织、宣传委员、村委会委员、妇联主席",
    "村委会委员",
    "党总支纪检委员、村务监督委员会主任（兼民兵连长）",
)


def roster(rows: int, paper: Paper = Paper.A3, per_village: int = 5) -> Ledger:
    """Return a roster of ``rows`` invented people, ``per_village`` in each village."""
    names, posts = cycle(NAMES), cycle(POSTS)
    every = [_person(number, next(names), next(posts), per_village) for number in range(rows)]
    a3 = paper is Paper.A3
    columns = A3_COLUMNS if a3 else A4_COLUMNS
    return Ledger(
        title="石首市横沟市镇村（社区）“两委”班子成员花名册",
        head=("填报单位（盖章）：中共横沟市镇委员会", "统计截止时间：2026年6月30日", "单位：人、元"),
        columns=columns,
        rows=tuple(Row(cells if a3 else tuple(cells[i] for i in _A4), cells[1]) for cells in every),
        totals=(
            (
                Span("合计", 2),
                Span(f"6 个村（社区），共 {rows} 人，其中女 {rows // 3} 人。", len(columns) - 2, Align.LEFT),
            ),
        ),
        notes=("注：1. 一肩挑指同一人同时任党组织书记与村（居）委会主任；2. 年龄按统计截止日周岁计算。",),
        signatures=("主要负责人签字：", "审核人：", "填表人：", "联系电话：", "填报日期："),
        marking="内部资料 注意保管",
        version="第 2 版 2026-07-01 09:30 5f3a9c1e",
        paper=paper,
    )


def _person(number: int, name: str, post: str, per_village: int) -> tuple[str, ...]:
    village = VILLAGES[number // per_village % len(VILLAGES)]
    return (
        str(number + 1), village, name, "女" if number % 3 == 2 else "男", "汉族" if number % 4 else "土家族",
        f"19{60 + number % 40}.{number % 12 + 1:02}\n（{66 - number % 40}岁）", "湖北石首", "中共党员",
        f"20{number % 20:02}.07", "高中" if number % 2 else "大专", "本科" if number % 2 else "—",
        "长江大学农业经济管理专业" if number % 2 else "湖北广播电视大学行政管理", post, "2021.10",
        f"20{number % 22:02}.09", "致富能手" if number % 2 else "退役军人", "是" if number % 5 == 0 else "否",
        "是" if number % 2 else "否", "市党代表" if number % 7 == 0 else "—",
        "主持全面工作；党建、财务" if number % 5 == 0 else "综治、调解",
        f"{30000 + number % 9 * 1250}", "是", "421099********1234" if number % 2 else "421099********567X", "138****5678",
        "" if number % 6 else "县级备案",
    )  # fmt: skip


def rare_characters() -> list[str]:
    """Return the characters of the shipped list of rare name characters."""
    return [
        entry["char"]
        for entry in json.loads((RESOURCES / "codes" / "rare_names.json").read_text("utf-8"))["chars"]
    ]
