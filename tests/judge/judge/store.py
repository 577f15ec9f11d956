"""How the warehouse's S3 store is reached, if it lies in one."""

from __future__ import annotations

import configparser
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Optional
from urllib.parse import urlparse


@dataclass(frozen=True)
class Store:
    """The store's address and who asks; without an address, Amazon's own."""

    endpoint: Optional[str] = None
    region: str = "us-east-1"
    key_id: Optional[str] = None
    secret: Optional[str] = None

    @staticmethod
    def read(endpoint: Optional[str], region: str, credentials: Optional[Path]) -> "Store":
        """With the profile `default` of a shared credentials file, where there is one."""
        if credentials is None:
            return Store(endpoint, region)
        found = configparser.ConfigParser()
        found.read_string(credentials.read_text())
        profile = found["default"]
        return Store(endpoint, region, profile["aws_access_key_id"], profile["aws_secret_access_key"])

    def properties(self) -> Dict[str, str]:
        """PyIceberg's words for it."""
        told = {
            "s3.endpoint": self.endpoint,
            "s3.region": self.region,
            "s3.access-key-id": self.key_id,
            "s3.secret-access-key": self.secret,
        }
        return {name: value for name, value in told.items() if value is not None}

    def duckdb_secret(self) -> str:
        """DuckDB's statement for it."""
        told = {"REGION": self.region, "KEY_ID": self.key_id, "SECRET": self.secret}
        if self.endpoint is not None:
            place = urlparse(self.endpoint)
            told.update(ENDPOINT=place.netloc, URL_STYLE="path", USE_SSL=str(place.scheme == "https").lower())
        words = [f"{name} '" + value.replace("'", "''") + "'" for name, value in told.items() if value is not None]
        return "CREATE SECRET (TYPE s3, " + ", ".join(words) + ")"
