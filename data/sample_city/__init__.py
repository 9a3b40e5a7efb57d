"""The sample city: an invented Iranian town, made from a seed, with which the product runs without
other data.

>>> from data.sample_city import generate
>>> sorted(generate(parcels=200, seed=1).tables)
['addresses', 'buildings', 'districts', 'nodes', 'overlays', 'parcels', 'streets', 'zones']
"""

from data.sample_city.city import Layers, generate
from data.sample_city.writing import Written, write

__all__ = ["Layers", "Written", "generate", "write"]
