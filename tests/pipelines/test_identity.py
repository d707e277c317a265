"""Which organ a name means: spellings together, places apart."""

from __future__ import annotations

import pytest

import data
from pipelines.store.divisions import divisions, full_name, locate
from pipelines.store.identity import Portal, identify
from pipelines.store.lookups import formula
from pipelines.store.pinyin import english, initials, pinyin
from reports.forms import figure


def organ(name: str, division: str | None = None) -> str:
    found = identify(name, Portal("p", division))
    assert found is not None
    return found.id


@pytest.mark.parametrize(
    ("division", "names"),
    [
        (
            "450700",
            ["钦州市人民政府", "钦州市", "广西壮族自治区钦州市人民政府", "广西钦州市政府", "市人民政府"],
        ),
        ("450700", ["钦州市人民政府办公室", "市政府办公室", "钦州市政府办公厅", "钦州市人民政府办公厅", "政府办"]),
        ("321322", ["沭阳县发展和改革局", "县发展改革局", "发改局", "宿迁市沭阳县发展和改革局", "江苏省沭阳县发改局"]),
        ("320813", ["淮安市洪泽区人民政府", "洪泽县人民政府", "江苏省淮安市洪泽县人民政府", "区政府"]),
        ("450700", ["国家税务总局钦州市税务局", "钦州市税务局", "税务局", "市税务局", "国税总局钦州市税务局"]),
        ("450700", ["国家税务总局云梧县税务局", "云梧县税务局", "国税总局云梧县税务局"]),
        ("450700", ["钦州市国资委", "钦州市人民政府国有资产监督管理委员会", "钦州市政府国资委"]),
        ("450700", ["钦州市金融工作办公室", "钦州市人民政府金融工作办公室", "钦州市政府金融办"]),
        ("450700", ["钦州市科技局", "钦州市科学技术局"]),
        ("450700", ["钦州市教体局", "钦州市教育体育局", "钦州市教育和体育局"]),
        ("450700", ["钦州市政数局", "钦州市政务服务和数据管理局"]),
        ("450700", ["钦州市高新区管委会", "钦州市高新技术产业开发区管理委员会"]),
        ("530111", ["官渡区太和街道办", "官渡区太和街道办事处"]),
        ("450700", ["钦州市人民政府办公室", "市府办", "钦州市政府办公室（市政府研究室）"]),
        ("450700", ["钦州市教育局", "钦州市教育局机关", "钦州市教育局（中共钦州市委教育工作委员会）"]),
        ("450700", ["钦州市卫健委", "钦州市卫生健康委员会", "市卫生健康委"]),
        ("420624", ["南漳县武安镇", "武安镇人民政府", "南漳县武安镇人民政府"]),
        ("530111", ["官渡区太和街道办事处", "官渡区人民政府太和街道办事处", "昆明市官渡区太和街道"]),
        ("100000", ["生态环境部", "中华人民共和国生态环境部", "环境保护部"]),
        ("513400", ["凉山州人民政府", "凉山彝族自治州人民政府", "四川省凉山州"]),
        ("442000", ["中山市大涌镇", "大涌镇人民政府"]),
    ],
)
def test_spellings_of_one_organ(division: str, names: list[str]) -> None:
    assert len({organ(name, division) for name in names}) == 1
    assert organ(names[0], division).startswith(f"{division}-")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海市人民政府", "上海市人民政府办公厅"),
        ("济南市人民政府", "济南市人民政府（办公厅）"),
        ("吉林省人民政府", "吉林市人民政府"),
        ("中国（河北）自由贸易试验区管理委员会", "中国（湖北）自由贸易试验区管理委员会"),
        ("国家税务总局", "国家税务总局钦州市税务局"),
        ("钦州市教育局", "钦州市财政局"),
        ("钦州市公安局", "钦州市公安局（交警支队）"),
        ("海南省人民政府", "海南藏族自治州人民政府"),
        ("榆林市人民政府", "玉林市人民政府"),
    ],
)
def test_organs_that_only_look_alike(one: str, other: str) -> None:
    assert organ(one) != organ(other)


def test_a_place_that_many_bear_is_that_of_the_portal() -> None:
    assert organ("鼓楼区民政局", "320100").startswith("320106-")
    assert organ("鼓楼区民政局", "350102").startswith("350102-")
    assert organ("朝阳区人民政府", "110000").startswith("110105-")
    lost = identify("鼓楼区民政局", Portal("somewhere"))
    assert lost is not None and lost.division is None and len(lost.rivals) == 4
    assert lost.id.startswith("somewhere-"), "kept apart by its portal, not guessed"


def test_organs_of_invented_places_belong_to_their_portal() -> None:
    portal = Portal("demo", None, "青溪市人民政府门户网站")
    named, short = identify("青溪市教育局", portal), identify("教育局", portal)
    assert named is not None and short is not None and named.id == short.id
    by_level = identify("市教育局", portal)
    assert by_level is not None and by_level.id == named.id
    market = identify("市场监督管理局", portal)
    assert market is not None and market.key.endswith("市场监督管理局")
    assert organ("青溪市教育局") != named.id, "another portal's organ of that name may be another"


@pytest.mark.parametrize("name", ["本机关", "", "我市各部门", "各部门"])
def test_nobody(name: str) -> None:
    assert identify(name, Portal("p", "450700")) is None


@pytest.mark.parametrize(
    ("division", "printed", "shown"),
    [
        ("450700", "云梧县人民政府", "云梧县人民政府"),
        ("450700", "云梧县教育局", "云梧县教育局"),
        ("450700", "云梧县住房和城乡建设局", "云梧县住房和城乡建设局"),
        ("450700", "大榄坪镇人民政府", "大榄坪镇人民政府"),
        ("450700", "何镇人民政府", "何镇人民政府"),
        ("450700", "灵山县教育局", "灵山县教育局"),
        ("450700", "钦州市教育局", "钦州市教育局"),
        ("450700", "城关街道办事处", "城关街道办事处"),
        ("450700", "云梧新区管理委员会", "云梧新区管理委员会"),
        ("450700", "水利局", "钦州市水利局"),
        ("450700", "市教育局", "钦州市教育局"),
        ("450700", "住房和城乡建设局", "钦州市住房和城乡建设局"),
        ("450700", "住房城乡建设局", "钦州市住房城乡建设局"),
        ("450700", "城市管理局", "钦州市城市管理局"),
        ("450700", "市场监督管理局", "钦州市市场监督管理局"),
        ("450700", "乡村振兴局", "钦州市乡村振兴局"),
        ("450700", "经济技术开发区管理委员会", "钦州市经济技术开发区管理委员会"),
        ("450700", "公安局城区分局", "钦州市公安局城区分局"),
        ("450721", "县教育局", "钦州市灵山县教育局"),
        ("450721", "民政局", "钦州市灵山县民政局"),
        (None, "民政局", "民政局"),
    ],
)
def test_the_name_shown_is_the_printed_one_unless_it_is_ambiguous(
    division: str | None, printed: str, shown: str
) -> None:
    found = identify(printed, Portal("p", division))
    assert found is not None and found.name == shown


def test_kinds_and_levels() -> None:
    def kind(name: str) -> tuple[str, str | None]:
        found = identify(name, Portal("p", "450700"))
        assert found is not None
        return found.kind, found.level

    assert kind("钦州市人民政府") == ("government", "prefecture")
    assert kind("钦州市人民政府办公室") == ("government_office", "prefecture")
    assert kind("市生态环境局") == ("ecology", "prefecture")
    assert kind("钦北区大垌镇人民政府") == ("township", "township")
    assert kind("钦州港经济技术开发区管委会")[0] == "zone"


def test_the_table_of_places_is_whole() -> None:
    """The Ministry of Civil Affairs' counts for the end of 2024, and codes that hang together."""
    rows = data.load_csv("divisions.csv")
    in_force = [row for row in rows if not row["valid_to"]]
    counts = {level: sum(row["level"] == level for row in in_force) for level in ("province", "prefecture", "county")}
    assert counts == {"province": 31, "prefecture": 333, "county": 2846}
    known = divisions()
    for row in rows:
        assert row["code"].isdigit() and len(row["code"]) == 6
        assert row["name"] and (row["code"] == "100000" or row["parent"])
        assert not row["successor"] or row["successor"] in known
        assert row["level"] == "nation" or row["parent"][:2] in (row["code"][:2], "10")
    for place in known.values():
        assert place.parent is None or place.parent in known
    assert full_name("320813") == "江苏省淮安市洪泽区"


@pytest.mark.parametrize(
    ("name", "near", "code", "rest"),
    [
        ("江苏省淮安市洪泽区人民政府", None, "320813", "人民政府"),
        ("北京大兴区某镇", None, "110115", "某镇"),
        ("上海市浦东新区司法局", None, "310115", "司法局"),
        ("市场监督管理局", "450700", None, "市场监督管理局"),
        ("新疆生产建设兵团", None, "650000", "生产建设兵团"),
    ],
)
def test_places_at_the_beginning_of_a_name(name: str, near: str | None, code: str | None, rest: str) -> None:
    found = locate(name, near)
    assert (found.code, found.rest) == (code, rest)


def test_names_in_latin_letters() -> None:
    known = {place.name: place.pinyin for place in divisions().values()}
    names = {"钦州市": "Qinzhou", "西安市": "Xi'an", "陕西省": "Shaanxi Province", "沭阳县": "Shuyang County"}
    # A dictionary of common words reads these otherwise: 都 as dou, 长 and 朝 as zhang and zhao.
    names |= {"朝阳区": "Chaoyang District", "长治市": "Changzhi", "昌都市": "Changdu", "什邡市": "Shifang"}
    assert {name: english(name, known[name]) for name in names} == names
    assert initials("钦州市人民政府") == "qzsrmzf"
    assert pinyin("山西省长治市财政局") == "shan xi sheng chang zhi shi cai zheng ju"
    assert initials("山西省长治市财政局") == "sxsczsczj"


def test_every_place_has_a_syllable_for_each_character() -> None:
    for row in data.load_csv("divisions.csv"):
        syllables = row["pinyin"].split()
        assert len(syllables) == len(row["name"]), row
        assert all(syllable.isascii() and syllable.isalpha() and syllable.islower() for syllable in syllables), row


def test_totals_have_formulas() -> None:
    assert formula(figure("review_review_total")) == (
        "review_review_upheld + review_review_corrected + review_review_other + review_review_pending"
    )
    assert "applications_new_received" not in (formula(figure("applications_handled_total_business")) or "")
    assert formula(figure("applications_granted_business")) is None


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("云梧县人民政府", "county"),
        ("云梧县水利局", "county"),
        ("临海新城区教育局", "county"),
        ("大垌镇人民政府", "township"),
        ("钦州市水利局", "prefecture"),
        ("市水利局", "prefecture"),
        ("灵山县人民政府", "county"),
        ("钦州港经济技术开发区管委会", "prefecture"),
        ("国家税务总局钦州市税务局", "prefecture"),
    ],
)
def test_a_place_without_a_code_has_its_own_level(printed: str, level: str) -> None:
    found = identify(printed, Portal("qinzhou", "450700", "钦州市人民政府"))
    assert found is not None and found.level == level
