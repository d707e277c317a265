"""Invented organs with their contact data: those of ``data/demo/organs.yaml``, and more from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any, Literal

import data

Kind = Literal["government", "office", "department", "township"]


@dataclass(frozen=True)
class ContactData:
    """What a contact sentence can state. ``fax`` and ``website`` are used by some sentences only."""

    name: str
    address: str
    postcode: str
    phone: str
    fax: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True)
class Organ:
    """An organ that publishes reports. ``requests`` and ``cases`` are its typical size a year."""

    name: str
    kind: Kind
    slug: str
    contact: ContactData
    whole: str = "全市"  # 全市, 全县: what a government reports for
    requests: int = 20
    cases: int = 2

    @property
    def jurisdiction(self) -> bool:
        """Whether its report covers all organs of its area."""
        return self.kind == "government"

    @property
    def we(self) -> str:
        """How its report speaks of itself."""
        last = {"government": self.whole, "office": "本办公室", "township": f"本{self.name[-5]}"}
        if self.kind != "department":
            return last[self.kind]
        return "我委" if self.name.endswith("委员会") else "我局"

    @property
    def short(self) -> str:
        """Its name without the place: 教育局."""
        return self.name.split("市", 1)[-1].split("县", 1)[-1] if self.kind == "department" else self.name


@dataclass(frozen=True)
class Place:
    """A city or county with the organs that its portal hosts."""

    slug: str
    name: str
    organs: tuple[Organ, ...] = field(default_factory=tuple)


def place(slug: str) -> Place:
    """A place of ``data/demo/organs.yaml`` (lanchuan, qinglan, yanpu, qinzhou)."""
    written = data.load_yaml("demo/organs.yaml")["places"][slug]
    organs = tuple(_organ(entry, written, position) for position, entry in enumerate(written["organs"]))
    return Place(slug, written["name"], organs)


def _organ(entry: dict[str, Any], place: dict[str, Any], position: int) -> Organ:
    whole = entry.get("whole", place["whole"])
    contact = ContactData(
        name=entry["office"],
        address=f"{place['name']}{place['road']}{entry['house']}号",
        postcode=place["postcode"],
        phone=f"{place['area_code']}-555{1000 + 37 * position + entry['house']}",
        fax=f"{place['area_code']}-555{5000 + 37 * position + entry['house']}",
        email=f"{entry['slug']}gk@{place['domain']}",
        website=f"http://www.{place['domain']}",
    )
    return Organ(entry["name"], entry["kind"], entry["slug"], contact, whole, entry["requests"], entry["cases"])


def invented(seed: int | str, count: int = 12) -> Place:
    """A place with ``count`` organs that nobody wrote down: a government, bureaus and townships."""
    words = data.load_yaml("demo/organs.yaml")["invent"]
    chance = random.Random(f"organs {seed}")
    name = chance.choice(words["first"]) + chance.choice(words["second"]) + chance.choice("市市县区")
    whole = {"市": "全市", "县": "全县", "区": "全区"}[name[-1]]
    code, postcode = f"0{chance.choice((369, 389, 399))}", f"0{chance.randint(79, 99)}{chance.randint(0, 9)}00"
    domain = f"p{chance.randrange(10**6):06d}.gov.example"
    names: list[tuple[str, Kind]] = [(f"{name}人民政府", "government"), (f"{name}人民政府办公室", "office")]
    bureaus = chance.sample(words["bureaus"], len(words["bureaus"]))
    names += [(name + bureau, "department") for bureau in bureaus]
    towns = {chance.choice(words["first"]) + chance.choice(words["second"]) + chance.choice("镇乡") for _ in range(40)}
    names += [(f"{name}{town}人民政府", "township") for town in sorted(towns)]
    organs = []
    for position, (organ, kind) in enumerate(names[:count]):
        contact = ContactData(
            name=f"{organ}办公室" if kind != "office" else organ,
            address=f"{name}{chance.choice(words['roads'])}{chance.randint(1, 399)}号",
            postcode=postcode,
            phone=f"{code}-{5550000 + chance.randrange(10000)}",
            fax=f"{code}-{5550000 + chance.randrange(10000)}",
            email=f"gk{position}@{domain}",
            website=f"http://www.{domain}",
        )
        size = int(chance.lognormvariate(2.5, 1))
        organs.append(Organ(organ, kind, f"o{position}", contact, whole, size, size // 12))
    return Place(f"p{seed}", name, tuple(organs))
