namespace Resolver.Browser.Tests;

/// <summary>Looks at every text that can be seen and gives those whose contrast with what is behind them is below 4.5
/// to 1 (WCAG 2.1, 1.4.3), one a line.</summary>
internal static class Contrast
{
    public const string Script = """
        () => {
          const parse = text => { const n = text.match(/[\d.]+/g).map(Number); return { r: n[0], g: n[1], b: n[2], a: n[3] ?? 1 }; };
          const over = (top, below) => ({ r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1 });
          const light = c => { const f = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }; return .2126 * f(c.r) + .7152 * f(c.g) + .0722 * f(c.b); };
          const behind = element => { let color = { r: 0, g: 0, b: 0, a: 0 }; for (let at = element; at; at = at.parentElement) { color = color.a === 0 ? parse(getComputedStyle(at).backgroundColor) : over(color, parse(getComputedStyle(at).backgroundColor)); if (color.a === 1) return color; } return over(color, { r: 255, g: 255, b: 255, a: 1 }); };
          const wrong = [];
          for (const element of document.querySelectorAll('body *')) {
            const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
            const box = element.getBoundingClientRect();
            if (!own || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(element.tagName) || box.width < 2 || box.height < 2) continue;
            const style = getComputedStyle(element);
            if (style.visibility === 'hidden' || style.display === 'none') continue;
            const inSvg = element.namespaceURI.includes('svg');
            if (inSvg) continue;
            const [a, b] = [light(parse(style.color)), light(behind(element))].sort((x, y) => y - x);
            const ratio = (a + .05) / (b + .05);
            if (ratio < 4.5) wrong.push(`${element.tagName}.${element.className} '${element.textContent.trim().slice(0, 30)}' ${ratio.toFixed(2)}`);
          }
          return [...new Set(wrong)].slice(0, 8).join('\n');
        }
        """;
}
