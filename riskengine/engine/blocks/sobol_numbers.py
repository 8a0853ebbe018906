"""Direction numbers of Sobol points, to the eight bits that stratify a block of 256.

One dimension is eight bytes, the numbers of bits 0 to 7 of the point's index, in hexadecimal.

Notes
-----
Cut to eight bits, dimensions repeat what others do, the more the farther one goes. These are chosen from the first
1 024, each in turn, where with every one before it a block's means have, under nested random scrambling, no more
variance than with independent draws: of the product of the two, of the larger, and of whether their sum or the larger
is below one of 17 limits. No further one is so.

References
----------
Joe and Kuo (2008), Constructing Sobol sequences with better two-dimensional projections, table new-joe-kuo-6.
Owen (1997), Monte Carlo variance of scrambled net quadrature.
"""

DIRECTION_NUMBERS = (
    "804020100804020180c0a0f088ccaaff80c06090e85c8ec580c02050f874a293804020b0f8dc7a9d80406030c82456fb80c0a0d058943ee3"
    "8040a0508824122d8040e0b098948a5b80c0a050f88ce233804020f0a8549a9d804020f03814f66780c020f0f83462f580c020b0d8ac8e09"
    "80402030b83cdedf804060d0c8bc4e5780c0e010388c5a2180406010a82c525f80c0e030e8b422458040a0509844c6a7"
)
