"""The random word of any variable in any iteration, from its name alone.

The generator's key is the seed, low word first. Its counter is (64 x block + lane, low word of the variable's key, high
word, purpose); the variable's key is the BLAKE2b hash of project and name. Purpose 0 gives four words to each of the 64
lanes of a block of 256 iterations: iteration `i` of the block is word `i // 64` of lane `i % 64`. The top byte of a
stratified word says in which of 256 strata it lies. Purpose 1 gives what stratifies one variable in a block, purpose 2,
with no variable's key, the order of a block's Sobol points, purpose 3, without a seed, permutations that are fixed.
"""

from functools import cache
from hashlib import blake2b

from riskengine.model import Risk
from tests.twin.draws.philox import Words, philox4x32

BLOCK = 256
PERMUTATIONS, ORDERS, DIMENSIONS = 128, 64, 20
MASK = 0xFFFFFFFF


def variable_key(project: str, name: str) -> tuple[int, int]:
    """Low and high word of the hash of a variable."""
    hashed = blake2b(f"{project}\0{name}".encode(), digest_size=8, person=b"riskengine").digest()
    number = int.from_bytes(hashed, "little")
    return number & MASK, number >> 32


def stream_of(name: str, risks: dict[str, Risk]) -> str:
    """Name of the stream that a value is drawn from: impacts of one kind may share the stream of their risk."""
    for id, risk in risks.items():
        target, slash, kind = name.removeprefix(f"risk/{id}/impact/").rpartition("/")
        if name == f"risk/{id}/impact/{target}/{kind}" and slash:
            default = "shared" if kind == "factor" else "independent"
            sampling = default if risk.impact_sampling == "default" else risk.impact_sampling
            return f"risk/{id}/impact/{kind}" if sampling == "shared" else name
    return name


def _call(seed: int, project: str, name: str, lane: int, purpose: int) -> Words:
    low, high = variable_key(project, name)
    return philox4x32((lane & MASK, low, high, purpose), (seed & MASK, seed >> 32))


def random_word(seed: int, project: str, name: str, iteration: int) -> int:
    """32-bit word of plain random sampling."""
    block, place = divmod(iteration, BLOCK)
    return _call(seed, project, name, 64 * block + place % 64, 0)[place // 64]


def hypercube_word(seed: int, project: str, name: str, iteration: int) -> int:
    """32-bit word of Latin hypercube sampling: the top byte is a fixed permutation from some place on, times an odd
    number, plus another."""
    block, place = divmod(iteration, BLOCK)
    shift, which, factor, _ = _call(seed, project, name, block, 1)
    first = which >> 16 & 0xFF
    stratum = fixed_permutation(which % PERMUTATIONS)[(first + place) % BLOCK]
    return _in_stratum(seed, project, name, iteration, stratum * (factor & 0xFF | 1) + (shift >> 24))


def sobol_word(seed: int, project: str, name: str, iteration: int, dimension: int, directions: list[int]) -> int:
    """32-bit word of a variable with a Sobol dimension, given the dimension's direction numbers of bits 0 to 7: the
    top byte is the point's, scrambled, and shifted by exclusive or. Points come in one order for all variables of a
    block, and each order has scramblings of its own."""
    block, place = divmod(iteration, BLOCK)
    common, _, _, _ = philox4x32((block & MASK, 0, 0, 2), (seed & MASK, seed >> 32))
    order = fixed_permutation(PERMUTATIONS + common % ORDERS)
    point = order[((common >> 8 & 0xFF) + place) % BLOCK]
    stratum = 0
    for bit, number in enumerate(directions):
        if point >> bit & 1:
            stratum ^= number
    shift = _call(seed, project, name, block, 1)[0] >> 24
    return _in_stratum(seed, project, name, iteration, scrambled(stratum, common % ORDERS, dimension) ^ shift)


def scrambled(stratum: int, order: int, dimension: int) -> int:
    """Flip each bit of a stratum by what is fixed for the order, the dimension and the bits before it."""
    lane = 2 * (DIMENSIONS * order + dimension)
    bits = [philox4x32((lane + k, 0, 0, 4), (0, 0))[word] for k in (0, 1) for word in range(4)]
    written, before, made = f"{stratum:08b}", "1", 0
    for digit in written:
        node = int(before, 2)
        made = 2 * made + (int(digit) ^ (bits[node // 32] >> node % 32 & 1))
        before += digit
    return made


@cache
def fixed_permutation(number: int) -> list[int]:
    """0 to 255 in the order of the words of a block of variable 0 under seed 0, smallest first, purpose 3."""
    lanes = [philox4x32((64 * number + lane, 0, 0, 3), (0, 0)) for lane in range(64)]
    return sorted(range(BLOCK), key=lambda i: lanes[i % 64][i // 64])


def _in_stratum(seed: int, project: str, name: str, iteration: int, stratum: int) -> int:
    """Word of plain random sampling with its top byte replaced, which is taken modulo 256."""
    return random_word(seed, project, name, iteration) & 0xFFFFFF | (stratum & 0xFF) << 24
