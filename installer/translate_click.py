"""Write resources/locale: the words of ``click`` (usage, help, mistakes) in Chinese, as gettext reads them.

Nothing at run time calls it: its result is committed. Run it again when click says something new in English.
"""

from __future__ import annotations

import struct
from pathlib import Path

TARGET = Path(__file__).parent.parent / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.mo"
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"
WORDS = {
    "": HEADER,
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示本说明。",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "Try '{command} {option}' for help.": "写法见：{command} {option}",
    "Error: {message}": "错误：{message}",
    "Error: The two entered values do not match.": "错误：两次输入的不一样，请重新输入。",
    "Error: invalid input": "错误：请重新输入。",
    "Repeat for confirmation": "再输入一次",
    "Missing command.": "没有写命令。",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "Did you mean {possibility}?\0(Did you mean one of: {possibilities}?)": "是不是要写 {possibility}？",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Choose from:\n\t{choices}": "可以写：\n\t{choices}",
    "Got unexpected extra argument ({args})\0Got unexpected extra arguments ({args})": "多写了“{args}”。",
    "Option {name!r} requires an argument.\0Option {name!r} requires {nargs} arguments.": "选项“{name}”后面要写内容。",
    "Option {name!r} does not take a value.": "选项“{name}”后面不写内容。",
    "Invalid value: {message}": "写得不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 写得不对：{message}",
    "{value!r} is not {choice}.\0{value!r} is not one of {choices}.": "没有“{value}”，可以写 {choices}。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数字。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 的范围里。",
    "{name} {filename!r} does not exist.": "找不到“{filename}”。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，请写文件夹。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹，请写文件名。",
    "{name} {filename!r} is not readable.": "“{filename}”不能读取。",
    "{name} {filename!r} is not writable.": "“{filename}”不能写入。",
}


def compiled(words: dict[str, str]) -> bytes:
    """A catalogue of gettext: two tables of lengths and places, sorted by the English words, then the words."""
    pairs = sorted((key.encode(), value.encode()) for key, value in words.items())
    texts = [key for key, _ in pairs] + [value for _, value in pairs]
    place, entries = 28 + 8 * len(texts), []
    for text in texts:
        entries.append(struct.pack("<2I", len(text), place))
        place += len(text) + 1  # a null byte ends each
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(entries) + b"".join(text + b"\0" for text in texts)


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(compiled(WORDS))
