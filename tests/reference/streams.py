"""The random word of any variable in any iteration, from its name alone.

The generator's key is the seed, low word first. Its counter is (64 x block + lane, low word of the variable's key, high
word, purpose); the variable's key is the BLAKE2b hash of project and name. Purpose 0 gives four words to each of the 64
lanes of a block of 256 iterations: iteration `i` of the block is word `i // 64` of lane `i % 64`. Purpose 1 gives what
Latin hypercube sampling shifts and permutes the top byte by.
"""

from hashlib import blake2b

from riskengine.model import Risk
from tests.reference.philox import Words, philox4x32

BLOCK = 256
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
    """32-bit word of Latin hypercube sampling: the top byte is shift xor element times place, over GF(256)."""
    block, place = divmod(iteration, BLOCK)
    shift, element, _, _ = _call(seed, project, name, block, 1)
    top = (shift >> 24) ^ field_product(1 + (element * 255 >> 32), place)
    return random_word(seed, project, name, iteration) & 0xFFFFFF | top << 24


def field_product(a: int, b: int) -> int:
    """Product in the field of 256 elements modulo x^8 + x^4 + x^3 + x + 1."""
    product = 0
    for _ in range(8):
        if b & 1:
            product ^= a
        b >>= 1
        a <<= 1
        if a & 0x100:
            a ^= 0x11B
    return product
