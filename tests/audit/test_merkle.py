"""The tree over a seal's entries never changes: this vector is the contract with every published seal and every proof."""

import hashlib

import pytest

from cchc.audit.rules.merkle import BLOCK, EMPTY, Tree, climb, leaf, node, path

HASHES = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(BLOCK * 3 + 5)]


def root_of(parts: list[bytes]) -> bytes:
    """Return the root by the definition: pair level by level, carry the last one up."""
    while len(parts) > 1:
        parts = [node(*parts[at : at + 2]) if at + 1 < len(parts) else parts[at] for at in range(0, len(parts), 2)]
    return parts[0] if parts else EMPTY


def grown(parts: list[bytes]) -> Tree:
    """Add parts one after another."""
    tree = Tree()
    for part in parts:
        tree.add(part)
    return tree


def test_the_vector() -> None:
    tree = grown([leaf(digest) for digest in HASHES[:5]])
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf(HASHES[0]).hex() == "13a77175e35eb1d9da91ee14df0d7772cea71289800206e2b45c882ecb06efbf"
    assert tree.root.hex() == "4e23fb40d8876f1299cca9b3c28432a01b11d1a20126606914612892ff2e09a7"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 33, 1000, BLOCK, BLOCK + 1])
def test_a_stream_of_leaves_gives_the_tree_of_the_definition(count: int) -> None:
    parts = [leaf(digest) for digest in HASHES[:count]]
    assert grown(parts).root == root_of(parts)


@pytest.mark.parametrize("count", [1, BLOCK, BLOCK + 1, BLOCK * 2, BLOCK * 3 + 5])
def test_blocks_are_the_lower_part_of_the_same_tree(count: int) -> None:
    parts = [leaf(digest) for digest in HASHES[:count]]
    blocks = [root_of(parts[at : at + BLOCK]) for at in range(0, count, BLOCK)]
    assert grown(blocks).root == root_of(parts)


def test_memory_grows_with_the_logarithm() -> None:
    tree = grown([leaf(digest) for digest in HASHES])
    assert len(tree._stack) <= 12


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 7, 8, 21])
def test_every_path_leads_to_the_root(count: int) -> None:
    parts = [leaf(digest) for digest in HASHES[:count]]
    for place, part in enumerate(parts):
        steps = path(parts, place)
        assert climb(part, steps) == root_of(parts)
        assert climb(leaf(HASHES[-1]), steps) != root_of(parts)


def test_a_node_is_never_a_leaf() -> None:
    left, right = leaf(HASHES[0]), leaf(HASHES[1])
    assert node(left, right) != leaf((left + right).hex())
    assert node(left, right) != node(right, left)
