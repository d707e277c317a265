"""How reports tell whom to ask and when they were published: sentences and dates in the shapes that were seen.

The shapes are from real reports; names, numbers and addresses are invented (area codes that are not assigned).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demo.writing import Report


@dataclass(frozen=True)
class Telling:
    """A contact sentence with the fields that it states. Lists are for several phones."""

    name: str
    sentence: str
    fields: dict[str, str]


CONTACTS = (
    Telling("em-dash", "联系地址：澜川市澜江大道6号，邮编：099100，"
            "电话：0399—5552114，邮箱：lcgk@lanchuan.gov.example。",
            {"address": "澜川市澜江大道6号", "postcode": "099100", "phone": "0399-5552114",
             "email": "lcgk@lanchuan.gov.example"}),
    Telling("two-hyphens", "如有疑问，请与砚溪县发展和改革局办公室联系，联系电话：0389--5554372。",
            {"name": "砚溪县发展和改革局办公室", "phone": "0389-5554372"}),
    Telling("brackets", "如对报告有疑问，请联系雁浦县水利局办公室（0369-5553686）。",
            {"name": "雁浦县水利局办公室", "phone": "0369-5553686"}),
    Telling("bracketed-area", "联系单位：青岚市财政局，咨询电话：（0389）55589585，邮政编码：089200。",
            {"name": "青岚市财政局", "phone": "0389-55589585", "postcode": "089200"}),
    Telling("semicolons", "地址：青岚市岚山中路31号；邮政编码：089200；电话：0389-5551045；"
            "传真：0389-5551046；电子信箱：qlcz@qinglan.gov.example。",
            {"address": "青岚市岚山中路31号", "postcode": "089200", "phone": "0389-5551045", "fax": "0389-5551046",
             "email": "qlcz@qinglan.gov.example"}),
    Telling("phone-first", "电话：0369-5551201，地址：雁浦县雁鸣路40号，邮箱：slj@yanpu.gov.example，邮编：079300。",
            {"phone": "0369-5551201", "address": "雁浦县雁鸣路40号", "email": "slj@yanpu.gov.example",
             "postcode": "079300"}),
    Telling("hash-for-at", "如需了解详情，请与澜川市教育局办公室联系"
            "（地址：澜川市澜江大道27号，电话：0399-5551101，电子邮箱：jyjgk#lanchuan.gov.example）。",
            {"name": "澜川市教育局办公室", "address": "澜川市澜江大道27号", "phone": "0399-5551101",
             "email": "jyjgk@lanchuan.gov.example"}),
    Telling("at-in-words", "邮箱：jyjgk(at)lanchuan.gov.example；联系电话：0399-5551101。",
            {"email": "jyjgk@lanchuan.gov.example", "phone": "0399-5551101"}),
    Telling("extension", "联系电话：0399-5551101转8012，地址：澜川市澜江大道27号。",
            {"phone": "0399-5551101转8012", "address": "澜川市澜江大道27号"}),
    Telling("phone-is-fax", "联系人：办公室，电话（传真）：0399-5551888。",
            {"phone": "0399-5551888", "fax": "0399-5551888"}),
    Telling("spaced-labels", "地 址：竹陵县育才路2号  邮 编：099130  "
            "电 话：0399-5556001  邮 箱：zlx@zhuling.gov.example",
            {"address": "竹陵县育才路2号", "postcode": "099130", "phone": "0399-5556001",
             "email": "zlx@zhuling.gov.example"}),
    Telling("hotline-beside", "群众可以拨打12345热线反映问题。"
            "对本报告的意见请致电竹陵县人民政府办公室（0399-5556001）。",
            {"name": "竹陵县人民政府办公室", "phone": "0399-5556001"}),
    Telling("website", "本报告电子版可从竹陵县人民政府网站（http://www.zhuling.gov.example/）下载，"
            "联系电话：0399-5556001。",
            {"website": "http://www.zhuling.gov.example", "phone": "0399-5556001"}),
    Telling("full-width", "联系电话：０３９９－５５５６００１；邮编：０９９１３０。",
            {"phone": "0399-5556001", "postcode": "099130"}),
)  # fmt: skip


def _digits(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def _chinese(day: date) -> str:
    digits = "〇一二三四五六七八九十"

    def two(number: int) -> str:
        tens, ones = divmod(number, 10)
        return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones else "")

    return f"{''.join(digits[int(each)] for each in str(day.year))}年{two(day.month)}月{two(day.day)}日"


DATES = {
    "iso": lambda day: f"发布时间：{day} 09:31:12",
    "slashes": lambda day: f"发布日期：{day:%Y/%m/%d}",
    "points": lambda day: f"时间：{day:%Y.%m.%d}",
    "unpadded": lambda day: f"发布日期：{day.year}-{day.month}-{day.day}",
    "chinese-words": lambda day: f"发布日期：{_chinese(day)}",
    "brackets": lambda day: f"[ {day} ]　来源：办公室",
    "compact": lambda day: f"公开日期：{day:%Y%m%d}",
    "padded-chinese": lambda day: f"发文日期：{day.year}年{day:%m}月{day:%d}日",
    "with-others": lambda day: f"信息有效期：长期　发布日期：{day}　更新日期：{day.year + 1}-03-02",
}

#: Titles: what stands above the text, from the organ and the year. None: the truth's title is not compared.
TITLES = {
    "year-first": lambda organ, year: f"{year}年{organ}政府信息公开工作年度报告",
    "about": lambda organ, year: f"{organ}关于{year}年政府信息公开工作的年度报告",
    "short": lambda organ, year: f"{organ}{year}年政府信息公开年报",
    "typo": lambda organ, year: f"{organ}{year}年政府信息公开工作告年度报",
    "no-organ": lambda organ, year: f"{year}年度政府信息公开工作年度报告",
    "twice": lambda organ, year: f"{year}年{organ}{year}年政府信息公开工作年度报告",
    "old-order": lambda organ, year: f"{organ}{year}年度信息公开年度工作报告",
    "book-marks": lambda organ, year: f"《{organ}{year}年政府信息公开工作年度报告》",
    "chinese-year": lambda organ, year: (
        f"{organ}{''.join('〇一二三四五六七八九'[int(d)] for d in str(year))}年政府信息公开工作年度报告"
    ),
}


def date_line(report: Report, kind: str) -> str:
    """The line under the title in one of the ``DATES`` shapes."""
    return f"<p class='info'>{DATES[kind](report.published)}</p>"
