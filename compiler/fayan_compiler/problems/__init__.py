"""The problems of the compiler: 2xxx names, 3xxx types and units, 4xxx rules, 5xxx versions, 6xxx fidelity."""
