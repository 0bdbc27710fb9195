"""Where a report in everyday words belongs."""

from datetime import date

import pytest

from abdi.platform.norms import norms
from abdi.reports import rules

NORMS = norms("reports", on=date(2026, 3, 2))
SPELLING = NORMS["routing"]["spelling"]
TOPICS = NORMS["routing"]["topics"]


def topic(head, body=""):
    return rules.topic_of(head, body, NORMS).topic


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lampu jalan di gang kami padam, peteng sekali", "street_light"),
        ("tlg pju mati sdh 2 minggu", "street_light"),
        ("bangjo prapatan rusak merah terus", "traffic_light"),
        ("omah kami kebanjirannn pak, aire belum surut", "flood"),
        ("got mampet bau, minta dikeruk", "drainage"),
        ("jln rusak banyak jeglongan", "road"),
        ("parkir liar jukir minta 10rb", "parking"),
        ("supir bis ngetem di halte", "public_transport"),
        ("muacet satu arah tiap sore", "traffic"),
        ("ledeng mati 3 hari banyune keruh", "water"),
        ("wit besar rawan tumbang minta ditebang", "trees"),
        ("PKL jualan di trotoar", "vendors"),
        ("karaoke berisik sampai pagi", "public_order"),
        ("dokter puskesmas datang siang", "health"),
        ("sembako tidak cair", "social"),
        ("uwuh numpuk tidak diangkut", "waste"),
        ("apa kabar", rules.UNKNOWN),
        ("", rules.UNKNOWN),
    ],
)
def test_everyday_words_find_their_topic(text, wanted):
    assert topic(text) == wanted


def test_words_of_the_heading_count_twice():
    assert topic("Parkir liar", "jalan jadi macet") == "parking"
    assert topic("Macet", "karena parkir") == "traffic"


def test_accounts_and_hashtags_say_nothing():
    assert rules.words_of("#LaporHendi [akun] https://contoh.test/banjir", SPELLING) == []


def test_doubled_words_and_stretched_letters_are_one_word():
    assert rules.words_of("jalan2 banjiiir!!", SPELLING) == ["jalan", "banjir"]


def test_affixes_are_taken_off():
    assert [rules.stem(word) for word in ("penerangan", "mengalir", "berlubang")] == [
        "terang",
        "alir",
        "lubang",
    ]


def test_each_word_counts_once_and_pairs_count_too():
    words = {"air": 1, "air bersih": 5}
    assert rules.points_of(["air", "bersih", "air"], words) == 6


def test_every_word_of_the_norms_is_one_a_text_can_hold():
    """A word that the spelling or the stemmer changes could never be found."""
    changed = {
        (name, word)
        for name, told in TOPICS.items()
        for word in told["words"]
        if rules.words_of(word, SPELLING) != word.split()
    }
    assert changed == set()


def test_topics_lead_to_categories_and_kinds_of_agencies_the_norms_know():
    assert {told["category"] for told in TOPICS.values()} <= set(NORMS["categories"])
    assert {told["family"] for told in TOPICS.values()} <= set(NORMS["agency_kinds"])


def test_a_very_long_text_is_read_to_its_limit_only():
    assert rules.words_of("kata " * 10_000, SPELLING)[:2] == ["kata", "kata"]
    assert len(rules.words_of("kata " * 10_000, SPELLING)) == 1000
