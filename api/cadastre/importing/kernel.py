"""Kernels: loops over whole columns, compiled once and kept beside the code."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]
Mask = NDArray[np.bool_]

_Takes = ParamSpec("_Takes")
_Gives = TypeVar("_Gives")


def kernel(function: Callable[_Takes, _Gives]) -> Callable[_Takes, _Gives]:
    """Compile a loop over arrays; while it runs, other threads of Python do too."""
    return cast("Callable[_Takes, _Gives]", njit(cache=True, nogil=True)(function))
