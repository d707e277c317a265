"""The words that the forms print."""

import pytest

from reports.readers.form_words import is_printed


@pytest.mark.parametrize(
    "text",
    [
        "总计",
        "(七) 总计",
        "1．属于国家秘密",
        "第二十条第〈八)项",
        "信息内容",
        "法人或其他组织",
        "行政诉讼",
        "复议后起诉",
        "采购总金额",
        "部分公开(区分处理的,只计这一情形,不计其他情形)",
    ],
)
def test_words_of_the_forms(text):
    assert is_printed(text)


@pytest.mark.parametrize("text", ["总社", "辣计", "12", "", "无", "荻桥县民政局"])
def test_other_words(text):
    assert not is_printed(text)
