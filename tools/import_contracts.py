"""A contract import-linter does not have: a package imports nothing but what is named."""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class ImportsOnlyContract(Contract):
    """Kept when a package imports itself, the standard library and `allowed`, nothing else.

    A list of forbidden packages would be out of date with the first new dependency.
    """

    type_name = "imports_only"

    package = fields.StringField()
    allowed = fields.ListField(subfield=fields.StringField())

    # The signature is the base class's.
    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001
        package, allowed = str(self.package), self.contract_options["allowed"]
        modules = {package, *graph.find_descendants(package)}
        allowed = {package, *allowed, *sys.stdlib_module_names}
        offences = sorted(
            f"{importer} imports {imported}"
            for importer in modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if imported.partition(".")[0] not in allowed
        )
        return ContractCheck(kept=not offences, metadata={"offences": offences})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for offence in check.metadata["offences"]:
            output.print_error(offence)
