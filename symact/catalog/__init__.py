"""The activations: one small TOML file each, and one loader.

Above: `prover`, `checker`, `explain`. Below: `language`.
"""

from symact.catalog.loader import Catalogue, catalogue
from symact.catalog.record import CatalogueError, Record

__all__ = ["Catalogue", "CatalogueError", "Record", "catalogue"]
