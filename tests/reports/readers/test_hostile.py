"""Hostile and damaged input: an answer in seconds, within memory, and never an exception."""

import io
import subprocess
import sys
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.readers import read, read_again

SECONDS = 10


def packed(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return held.getvalue()


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
CASES = {
    "ten thousand open divs": b"<div>" * 10_000 + b"x",
    "two hundred thousand open divs": b"<div>" * 200_000 + b"x",
    "nested tables": b"<table><tr><td>" * 10_000 + b"5",
    "huge spans": b"<table>" + b"<tr><td rowspan=100000 colspan=100000>1<td colspan=65000 rowspan=0>2" * 200,
    "a wide row": b"<table><tr>" + b"<td>1" * 100_000,
    "twenty thousand cells in a row": b"<table><tr>" + b"<td>5</td>" * 20_000 + b"</tr></table>",
    "misnested formatting": b"<b><i><table><p></b><a>" * 20_000 + b"5",
    "misnested formatting in cells": b"<table>" + b"<tr><td><b><p><i></b>5</p>" * 20_000,
    "open comments": b"<!-- <table><tr><td>1" * 200_000,
    "open text areas": b"<textarea><table>" * 100_000,
    "two million tags": b"<td>5</td>" * 1_000_000,
    "a style sheet for a deep page": b"<style>"
    + b"".join(b"div div .a%d{display:none}" % number for number in range(5_000))
    + b"</style>"
    + b"<div class=a1>" * 5_000,
    "open styles": b"<style>@media screen{" * 50_000,
    "struck and struck": b"<table><tr><td>" + b"<s>1<del>" * 20_000,
    "white in white": b"<style>.w{color:#fff}</style><table><tr><td>" + b"<b class=w><i class=w>1" * 20_000,
    "raised and raised": b"<table><tr><td>" + b"<sup>1" * 20_000,
    "hidden in hidden": b"<table><tr><td>" + b"<div style='display:none'>1" * 20_000,
    "pieces in pieces": b"<table><tr><td>1" + b"<span class=a style='margin-left:3px'>" * 9_000 + b"2",
    "shown in hidden": b"<style>.h{visibility:hidden}.v{visibility:visible}</style>"
    + b"<div class=h>" * 9_000
    + b"<b class=v>2",
    "shown in hidden in shown": b"<table><tr><td>"
    + b"<b style='visibility:hidden'>1<i style='visibility:visible'>2" * 5_000,
    "sized in blank": b"<table><tr><td>" + b"<b style='font-size:0'>1<i style='font-size:9px'>2" * 5_000,
    "drawn in drawn": b"<div style='display:flex'><span>5</span>" * 9_000,
    "drawn cells in cells": b"<div class=row><div class=cell>5</div><div class=cell>" * 5_000 + b"5",
    "content in content": b"<style>.a::before{content:'1'}</style><table><tr><td>" + b"<b class=a>" * 9_000,
    "turned in turned": b"<style>.r{direction:rtl;unicode-bidi:bidi-override}</style><table><tr><td>"
    + b"<b class=r>12" * 9_000,
    "ordered in ordered": b"<table><tr style='display:flex'><td>" + b"<div style='display:flex;order:2'>1" * 9_000,
    "selectors of many parts": b"<style>"
    + b":not(:is(.a,.b):nth-child(2n)) > .c{display:none}" * 2_000
    + b"</style>"
    + b"<p class=c>1" * 4_000,
    "many selectors of many parts": b"<style>"
    + b"".join(b":not(:is(.a%d,.b):nth-child(2n)) > .c{display:none}" % number for number in range(2_000))
    + b"</style>"
    + b"<p class=c>1" * 4_000,
    "many selectors of nothing": b"<style>"
    + b"".join(b"div div .a%d > p:not(.c){display:none}" % number for number in range(4_000))
    + b"</style>"
    + b"<div><p class=c>1</p>" * 300,
    "rules in doubt": b"<style>"
    + b"".join(b"td:not(.a%d){-webkit-text-security:disc}" % number for number in range(300))
    + b"</style><table>"
    + (b"<tr>" + b"<td>1</td>" * 10) * 1_500,
    "rules in rules": b"<style>" + b".a{" * 20_000 + b"display:none" + b"</style><p class=a>1",
    "cells without size": b"<table><tr>" + b"<td><i style='font-size:0'>1</i>2" * 9_000,
    "lone bars": b"|\n" * 1_000_000,
    "figures": b"label\n1\n2\n" * 500_000,
    "rtf groups": b"{\\rtf1" + b"{\\b " * 500_000,
    "no pdf": b"%PDF-1.4\n" + b"\0\xff" * 1_000_000,
    "no word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"WordDocument".join([b"\0"] * 1000),
    "word bomb": packed(word__document_xml=b" " * 200_000_000),
    "nested word tables": packed(word__document_xml=WORD + "<w:tbl><w:tr><w:tc>" * 5_000),
    "zip bomb": packed(**{f"{number}.txt": b"0" * 30_000_000 for number in range(8)}),
}


@pytest.mark.parametrize("case", CASES)
def test_an_answer_in_seconds(case):
    started = time.process_time()
    documents = read(CASES[case], name=case)
    for document in documents:
        read_again(CASES[case], document)
    assert documents
    assert time.process_time() - started < SECONDS


def test_cut_input_says_so():
    (document,) = read(b"<p>5</p>" * 800_000, name="x")
    assert "cut" in [problem.code for problem in document.problems]


def test_entities_of_office_files_are_not_resolved():
    source = packed(word__document_xml='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + WORD + "<w:p/>")
    (document,) = read(source, name="x.docx")
    assert [problem.code for problem in document.problems] == ["damaged"]
    assert not document.flow


@pytest.mark.slow
def test_fifty_megabytes_of_junk_stay_within_memory():
    # The process tells its own peak: what getrusage says of children is the peak of any that this worker ever had.
    script = (
        "import os, resource; from reports.readers import read;"
        "read(b'<html>' + os.urandom(50_000_000), name='junk'); read(b'<i x=1>' * 7_000_000, name='tags');"
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM:')).split()[1];"
        "print(peak, resource.getrusage(resource.RUSAGE_SELF).ru_utime)"
    )
    started = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", script], check=True, timeout=90, capture_output=True, text=True)
    peak, seconds = map(float, ran.stdout.split())
    assert peak < 500_000
    assert seconds < 40 and time.monotonic() - started < 90


SEEDS = [
    "<html><head><title>年报</title></head><body><table><tr><td rowspan=2>规章</td><td>1</td></tr></table>".encode(),
    b"{\\rtf1\\ansicpg936\\trowd\\cellx1000\\intbl \\'b9\\'e6\\cell\\row}",
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]/Count 1>>endobj",
    packed(word__document_xml=WORD + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"),
    "| 规章 | 1 |\n| 文件 | 2 |\n".encode("gb18030"),
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 600), st.binary(max_size=6)), max_size=6))
def test_mutated_documents_never_raise(seed, changes):
    source = bytearray(seed)
    for place, inserted in changes:
        at = place % (len(source) + 1)
        source[at : at + len(inserted)] = inserted
    documents = read(bytes(source), name="mutated")
    assert documents
    for document in documents:
        for grid in document.grids:
            assert len({len(row) for row in grid.rows}) <= 1
