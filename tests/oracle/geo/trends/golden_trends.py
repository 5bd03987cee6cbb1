#!/usr/bin/env python3
"""Prints the rows of golden_trends_test.cc: Mann-Kendall statistics of series that a stated integer recurrence makes, by pymannkendall 1.4.3.

Run where it is installed (pip install pymannkendall==1.4.3). Hussain and Mahmud 2019, pyMannKendall: a python package for non parametric Mann Kendall family of
trend tests, Journal of Open Source Software 4(39), 1556. The tests do not need it: they hold what it printed.
"""
import math

import numpy
import pymannkendall


def series(n, seed, ties, memory, slope, season, hole):
    """x <- (1103515245 x + 12345) mod 2^31; noise (x >> 16) mod `ties`; level <- (memory level + noise) // (memory + 1); see MadeSeries in the test."""
    x, level, values = seed, 0, []
    for i in range(n):
        x = (1103515245 * x + 12345) % 2**31
        level = (memory * level + (x >> 16) % ties) // (memory + 1)
        missing = hole > 0 and i % hole == hole - 1
        climb = i % 12 if i % 12 < 6 else 12 - i % 12
        values.append(math.nan if missing else float(level + slope * i // 10 + season * climb))
    return numpy.array(values)


CASES = [(40, 1, 1000, 0, 0, 0, 0), (60, 2, 20, 0, 1, 0, 0), (120, 3, 60, 3, 0, 0, 0), (120, 4, 60, 3, 2, 4, 0), (72, 5, 40, 1, -3, 6, 7),
         (36, 6, 5, 2, 0, 1, 0), (24, 7, 100, 0, -10, 0, 11), (119, 8, 300, 8, 5, 0, 0)]

for case in CASES:
    values = series(*case)
    plain, seasonal = pymannkendall.original_test(values), pymannkendall.seasonal_test(values, period=12)
    every, three = pymannkendall.hamed_rao_modification_test(values), pymannkendall.hamed_rao_modification_test(values, lag=3)
    numbers = [plain.s, plain.var_s, plain.z, plain.p, plain.Tau, plain.slope, seasonal.s, seasonal.var_s, seasonal.z, seasonal.p, seasonal.Tau, seasonal.slope,
               every.var_s, every.p, three.var_s, three.p]
    print("    {{" + ", ".join(str(v) for v in case) + "}, " + ", ".join(repr(float(v)) for v in numbers) + "},")
