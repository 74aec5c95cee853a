"""The sites: pages and endpoints over the faces. No business rule lives here."""
