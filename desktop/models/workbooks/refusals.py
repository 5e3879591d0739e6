"""Why a file cannot be read as a workbook, in words for the person who chose it."""

from __future__ import annotations

from typing import ClassVar

from desktop.models.errors import DesktopError


class WorkbookError(DesktopError):
    """A file that cannot be read as a workbook; each situation is a subclass with its own words.

    ``detail`` completes the words where one situation has several causes.
    """

    words: ClassVar[str]

    def __init__(self, file: str, detail: str = "") -> None:
        super().__init__(self.words.format(file=file, detail=detail))
        self._arguments = (file, detail)

    def __reduce__(self) -> tuple[type[WorkbookError], tuple[str, str], dict[str, object]]:
        """It comes out of another process, with its notes."""
        return type(self), self._arguments, self.__dict__


class MissingFileError(WorkbookError):
    """No file is there, or a folder."""

    words = "找不到文件“{file}”，可能已被移动、改名，或U盘已拔出，也可能选中的是文件夹。请重新选择文件。"


class BusyFileError(WorkbookError):
    """Another program holds the file, or its permissions forbid reading."""

    words = (
        "“{file}”不让读取，多半是正在 WPS 或 Excel 里打开着。请先关闭它再导入；仍然不行，请复制到桌面再试。"
    )


class EmptyFileError(WorkbookError):
    """A file without content."""

    words = "“{file}”是空文件，里面没有内容，可能没有拷贝完整。请重新拷贝，或请报送单位重报。"


class NotWorkbookError(WorkbookError):
    """Something else than a workbook, whatever its name says."""

    words = (
        "“{file}”不是表格文件。能导入的是 .xlsx、.xls、.ods、.csv，请用 WPS 或 Excel 另存为 .xlsx 再导入。"
    )


class WebPageError(WorkbookError):
    """A web page or an XML table under a workbook's name, as many systems export."""

    words = "“{file}”其实是网页格式，只是名字像表格。请用 WPS 或 Excel 打开，另存为 .xlsx 再导入。"


class EncryptedWorkbookError(WorkbookError):
    """A workbook that opens with a password."""

    words = "“{file}”设有打开密码，不能直接读取。请用 WPS 或 Excel 打开，去掉密码，另存后再导入。"


class LargeWorkbookError(WorkbookError):
    """A file beyond the limits, often because of one cell far away from the table."""

    words = "“{file}”太大，没有读取：{detail}。请只留需要的表，删去多余的行列，另存为新的 .xlsx 再导入。"


class UnreadableWorkbookError(WorkbookError):
    """A damaged file, or one whose reading came to no end."""

    words = "打不开“{file}”：{detail}。请用 WPS 或 Excel 打开它，另存为新的 .xlsx 再导入；仍然不行，请报送单位重报。"
