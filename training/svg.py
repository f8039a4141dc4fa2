"""Small deterministic SVG drawings that read on light and dark pages."""
from xml.sax.saxutils import escape

STYLE = """
text{font:11px system-ui,sans-serif;fill:#444}.head{font-weight:600;fill:#222}.grid{stroke:#8884;fill:none}
.mains{fill:#9998;stroke:none}
.s0{fill:#2563c9}.s1{fill:#c2410c}.s2{fill:#7c5cbf}.s3{fill:#4d8a5b}.s4{fill:#999}
.l0{stroke:#2563c9}.l1{stroke:#c2410c}.l0,.l1{fill:none;stroke-width:1.2}.guide{stroke:#888;stroke-dasharray:3 3}
@media(prefers-color-scheme:dark){text{fill:#bbb}.head{fill:#eee}.mains{fill:#8886}
.s0{fill:#6ea8fe}.s1{fill:#fb923c}.s2{fill:#b79cf0}.s3{fill:#7fc48f}.l0{stroke:#6ea8fe}.l1{stroke:#fb923c}}
"""


def fixed(value):
    """One decimal, no trailing zero, so that files are small and the same everywhere."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


class Drawing:
    def __init__(self, width, height, title):
        self.width, self.height, self.parts = width, height, [f"<title>{escape(title)}</title>"]

    def text(self, x, y, words, css="", anchor="start"):
        self.parts.append(f'<text x="{fixed(x)}" y="{fixed(y)}" class="{css}" text-anchor="{anchor}">{escape(words)}</text>')

    def rect(self, x, y, width, height, css):
        self.parts.append(f'<rect x="{fixed(x)}" y="{fixed(y)}" width="{fixed(width)}" height="{fixed(height)}" class="{css}"/>')

    def circle(self, x, y, radius, css):
        self.parts.append(f'<circle cx="{fixed(x)}" cy="{fixed(y)}" r="{fixed(radius)}" class="{css}"/>')

    def path(self, points, css, closed=False):
        steps = "L".join(f"{fixed(x)} {fixed(y)}" for x, y in points)
        self.parts.append(f'<path d="M{steps}{"Z" if closed else ""}" class="{css}"/>')

    def content(self):
        return ('<svg xmlns="http://www.w3.org/2000/svg" role="img" '
                f'viewBox="0 0 {self.width} {self.height}" width="{self.width}">'
                f"<style>{STYLE}</style>" + "\n".join(self.parts) + "</svg>\n")

    def save(self, path):
        with open(path, "w") as file:
            file.write(self.content())
