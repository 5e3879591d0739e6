"""What may be found of a file that somebody hands over: at most eighteen codes, each with words and advice."""

from __future__ import annotations

from enum import StrEnum

from desktop.models.errors import DesktopError


class Standing(StrEnum):
    """What is to be done with a file."""

    TAKE = "take"  # 可以接收
    ASK = "ask"  # a person confirms; the words say what to make sure of
    LEAVE = "leave"  # nothing to do: it was taken already
    REFUSE = "refuse"


class Code(StrEnum):
    """What was found. Values are shown by the command line: never reuse one."""

    OK = "ok"
    GAP = "gap"
    RESTORED = "restored"
    COMPARE = "compare"
    UNCHANGED = "unchanged"
    ROLLBACK = "rollback"
    FORK = "fork"
    NOT_OURS = "not_ours"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    FORGED = "forged"
    TOO_LARGE = "too_large"
    NEWER_FORMAT = "newer_format"
    NEWER_SCHEMA = "newer_schema"
    WRONG_RECIPIENT = "wrong_recipient"
    WRONG_UNIT = "wrong_unit"
    UNKNOWN_KEY = "unknown_key"
    REVOKED_KEY = "revoked_key"

    @property
    def standing(self) -> Standing:
        """What is to be done."""
        return _STANDINGS.get(self, Standing.REFUSE)

    @property
    def message(self) -> str:
        """What happened."""
        return _WORDS[self][0]

    @property
    def advice(self) -> str:
        """What to do next."""
        return _WORDS[self][1]


class RefusedFileError(DesktopError):
    """A file that is not taken, with the code that says why."""

    def __init__(self, code: Code, message: str = "", advice: str = "") -> None:
        self.code = code
        self.message = message or code.message
        self.advice = advice or code.advice
        super().__init__(f"{self.message}。{self.advice}")


_STANDINGS = {
    Code.OK: Standing.TAKE,
    Code.GAP: Standing.ASK,
    Code.RESTORED: Standing.ASK,
    Code.COMPARE: Standing.ASK,
    Code.UNCHANGED: Standing.LEAVE,
}

_WORDS = {
    Code.OK: ("文件完好，来源可信", "可以接收。"),
    Code.GAP: (
        "前面有报送包没有收到",
        "每个报送包都含全部数据，核对后可以接收这一个；没收到的包不用再补。",
    ),
    Code.RESTORED: (
        "该单位恢复过备份或重装过，序号重新起算",
        "请打电话向该单位核实：这个包的数据是否是最新的。确认后再接收。",
    ),
    Code.COMPARE: (
        "文件完好，但密钥还没有核对",
        "请打电话逐组核对 12 位指纹，两边完全一致后再采用；不一致就不要采用。",
    ),
    Code.UNCHANGED: ("已导入，无变化", "不用再做什么。"),
    Code.ROLLBACK: ("比已经接收的旧", "没有接收。请向发送单位要最新的文件。"),
    Code.FORK: (
        "与已经接收的序号相同或前后接不上，内容却不同",
        "没有接收。发送单位可能有两份数据在同时使用，或恢复过旧备份。请先查清哪一份是准的，再重新生成。",
    ),
    Code.NOT_OURS: (
        "不是本软件生成的文件，或者文件开头已损坏",
        "请确认选对了文件；没选错就请发送单位重新复制一份。",
    ),
    Code.TRUNCATED: (
        "文件不完整，后面一部分没有复制过来",
        "请重新复制；U盘上的也不完整，就请发送单位重新生成。",
    ),
    Code.DAMAGED: (
        "文件在复制或存放中损坏了",
        "请重新复制；U盘上的也已损坏，就请发送单位换一个U盘重新生成。",
    ),
    Code.FORGED: (
        "签名不对，文件不是所写的单位生成的，或者被改动过",
        "不要接收。请打电话问发送单位，并报告本单位负责人。",
    ),
    Code.TOO_LARGE: (
        "文件或其中的内容超过允许的大小",
        "没有打开。请确认选对了文件；没选错就请发送单位减少附件后重新生成。",
    ),
    Code.NEWER_FORMAT: (
        "由更新版本的软件生成，本机的版本还不能识别",
        "请先升级本机的软件，再接收。",
    ),
    Code.NEWER_SCHEMA: (
        "由更新版本的软件生成，数据项比本机的版本新得多",
        "请先升级本机的软件，再接收。",
    ),
    Code.WRONG_RECIPIENT: (
        "不是发给本单位的",
        "没有打开。请交给收件单位；应由本单位收，就请发送单位更新信任文件后重新生成。",
    ),
    Code.WRONG_UNIT: (
        "发送单位与签名的密钥对不上，或者不在本机的单位名单里",
        "没有接收。请核对是哪个单位送来的，必要时更新信任文件。",
    ),
    Code.UNKNOWN_KEY: (
        "签名的密钥不在本机的信任文件里",
        "没有接收。请先导入最新的信任文件；还没有登记的单位请先交登记文件。",
    ),
    Code.REVOKED_KEY: (
        "签名的密钥已经停用",
        "没有接收。请发送单位用现用的密钥重新生成。",
    ),
}
