"""The records of ConnectWise PSA as pydantic models, one file per entity.

Folders follow the sections of the API. An attribute is named like its column in the
raw tables (dlt's snake case), its alias is the exact name in the API. All fields but
the key are optional, because the API leaves out what is null; fields and enum members
that nobody knew of are kept and never fail a record.
"""
