"""Rules answer from what they are given; what they promise is tested by name."""

import ast

import pytest

from tests.architecture.tree import SOURCE, expect_none, functions, shown

RULES = sorted(path for path in [*SOURCE.glob("*/rules.py"), *SOURCE.glob("*/rules/*.py")])


def calls_in_rules():
    """The names that rules call."""
    return {
        call.func.id
        for path in RULES
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }


def names_of(node):
    """The function's own name, and the one it is called by on the command line."""
    yield node.name
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and decorator.args:
            yield ast.literal_eval(decorator.args[0])


def words_of_tests(path):
    """All test text of the module a file belongs to."""
    module = SOURCE / path.relative_to(SOURCE).parts[0]
    return "\n".join(file.read_text(encoding="utf-8") for file in module.glob("tests/test_*.py"))


@pytest.mark.parametrize("path", RULES, ids=shown)
def test_every_rule_is_named_in_a_test_or_serves_one_that_is(path):
    tests, called = words_of_tests(path), calls_in_rules()
    untested = [
        node.name
        for node in functions(path)
        if not node.name.startswith("_")
        and node.name not in called
        and not any(name in tests for name in names_of(node))
    ]
    expect_none(untested)


@pytest.mark.parametrize("path", RULES, ids=shown)
def test_a_formula_leaves_choices_to_the_words_of_formulas(path):
    """No `if`, `and`, `or`, `not`, `min`, `max`, `round` inside @formula: columns have none."""
    wrong = [
        f"{node.name}:{found.lineno}"
        for node in functions(path)
        if any("formula" in ast.unparse(decorator).split(".") for decorator in node.decorator_list)
        for found in ast.walk(node)
        if isinstance(found, ast.If | ast.IfExp | ast.BoolOp | ast.Not)
        or (
            isinstance(found, ast.Call)
            and isinstance(found.func, ast.Name)
            and found.func.id in {"min", "max", "round", "abs", "int", "float"}
        )
    ]
    expect_none(wrong)


@pytest.mark.parametrize("path", RULES, ids=shown)
def test_rules_know_no_floats(path):
    """Fractions divide exactly; where there are none, nothing divides by `/`."""
    text = path.read_text(encoding="utf-8")
    exact = "import Fraction" in text
    floats = [
        f"{shown(path)}:{node.lineno}"
        for node in ast.walk(ast.parse(text))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not exact)
    ]
    expect_none(floats)
