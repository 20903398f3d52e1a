"""
Records with labelled doubles: what is joined by itself is right, and what is proposed is nearly all.

Bits and thresholds were set by hand looking at persons of even numbers only; odd ones were held back.
"""

import csv
import gzip
from collections import defaultdict
from itertools import combinations

import pytest

from ambidesk.parties.matching.evaluating import measure
from ambidesk.parties.matching.judging import judge_all
from ambidesk.parties.matching.reading import read_records
from tests.corpora.places import SHARED

FEBRL = SHARED / "dedupe-febrl"


def _person(key):
    return int(key.split("-")[1])


def _truth(path):
    records = defaultdict(list)
    with gzip.open(path, "rt") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            records[_person(row["rec_id"])].append(row["rec_id"])
    return {tuple(sorted(p)) for keys in records.values() for p in combinations(keys, 2)}


@pytest.mark.parametrize("name, pairs", [("dataset1", 500), ("dataset2", 1934), ("dataset3", 6538)])
def test_doubles_are_found_and_nothing_is_joined_wrongly(name, pairs):
    path = FEBRL / f"{name}.csv.gz"
    truth = _truth(path)
    assert len(truth) == pairs
    judged = judge_all(read_records(path).records)
    for part in ({0}, {1}, {0, 1}):
        found = measure(
            [
                each
                for each in judged
                if _person(each.left) % 2 in part or _person(each.right) % 2 in part
            ],
            {pair for pair in truth if _person(pair[0]) % 2 in part},
        )
        assert found["automatic"].precision >= 0.999
        assert found["automatic"].recall >= 0.65
        assert found["proposed"].f1 >= 0.98
