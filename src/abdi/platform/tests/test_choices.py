"""Choices are codes that carry a label."""

from abdi.platform.choices import N_, Choice


class Colour(Choice):
    RED = "red", N_("Red")
    GREEN = "green", N_("Green")


def test_a_choice_is_its_code_and_knows_its_label():
    assert Colour.RED == "red"
    assert f"{Colour.RED}" == "red"
    assert Colour("green").text == "Green"
    assert Colour.codes() == ("red", "green")
