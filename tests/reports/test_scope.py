"""Words that say whose figures a report states are found by their first letters, for every page is asked for all."""

import re

import pytest

import data
from reports.metadata.scope import _KEYS, _by_letter, _words

SENTENCES = (
    "我市政府系统受理", "本政府系统受理", "全市政府系统受理", "不含镇属单位", "含镇属各单位", "12个市直部门汇总",
    "、镇政府共收到", "我镇政府共收到", "乡镇政府收到", "街道办事处新收到3件申请", "各街道办事处收到",
    "街道)的年度报告汇总而成", "由办公室(含政务办)和区直部门汇总", "政府、各乡镇", "县本级", "本部分",
    "本部门", "我办公室",
)  # fmt: skip


@pytest.mark.parametrize("key", _KEYS)
def test_every_word_begins_with_a_letter(key):
    words = [each for entry in data.load_yaml("scope.yaml")[key] for each in _by_letter(entry)]
    assert all(re.match(r"[\w、\ue0d2](?![?*+{])", each) for each in words)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_they_are_found_as_they_are_written(sentence):
    for key, pattern in zip(_KEYS, (getattr(_words(), name) for name in _words().__slots__), strict=True):
        written = "|".join(data.load_yaml("scope.yaml")[key])
        assert bool(pattern.search(sentence)) == bool(re.search(written, sentence)), key
