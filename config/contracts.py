"""The face contract of import-linter: a module is entered by its ``api``, and by nothing else."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Face(Contract):
    """Imports from one module of the ladder into another must name ``<module>.api``; ``open`` lists the exceptions."""

    package = fields.StringField()
    open = fields.SetField(fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 (import-linter's signature)
        """Find every import that passes a face by."""
        prefix = f"{self.package}."
        open_modules = {prefix + name for name in self.open}  # type: ignore[attr-defined]
        trespasses = []
        for module in sorted(name for name in graph.modules if name.startswith(prefix)):
            for target in sorted(graph.find_modules_directly_imported_by(module)):
                owner = ".".join(target.split(".")[:2])
                outside = target.startswith(prefix) and not f"{module}.".startswith(f"{owner}.")
                if outside and owner not in open_modules and target != f"{owner}.api":
                    lines = [detail["line_number"] for detail in graph.get_import_details(importer=module, imported=target)]
                    trespasses.append((module, target, lines))
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say who passes which face by, and where."""
        for module, target, lines in check.metadata["trespasses"]:
            output.print_error(f"{module} (l.{', '.join(map(str, lines))}) imports {target}: import its module's api.")
