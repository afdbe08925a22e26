using Resolver.Archives.Metadata.PythonSource;

namespace Resolver.Archives.Metadata;

/// <summary>Literals that modules of a project bind: <c>__version__</c> and what <c>attr:</c> points to.</summary>
internal static class ModuleLiterals
{
    private static readonly string[] SourceRoots = ["", "src"];

    private const int MostHops = 3;

    /// <summary>The version text under <c>package.module.name</c>, or null where it is no literal.</summary>
    /// <param name="roots">Folders in which packages are looked for, best first; <c>""</c> is the project's
    /// root.</param>
    public static string? Attribute(ProjectFiles files, string path, IReadOnlyList<string> roots)
    {
        var at = path.LastIndexOf('.');
        return at <= 0 ? null : Of(files, path[..at], path[(at + 1)..], roots, 0);
    }

    /// <summary>The text of a literal as a version: a text, or numbers and texts joined by dots, as setuptools
    /// does.</summary>
    public static string? VersionText(PythonValue value) =>
        value switch
        {
            PythonValue.Text text => text.Value,
            PythonValue.Number number => NumberText(number.Value),
            PythonValue.Sequence { Items.Count: > 0 } sequence
                when sequence.Items.All(i => i is PythonValue.Text or PythonValue.Number) => string.Join(
                '.',
                sequence.Items.Select(i => i is PythonValue.Text t ? t.Value : ((PythonValue.Number)i).Value)
            ),
            _ => null,
        };

    /// <summary>A number as Python's <c>str()</c> writes it: 1.10 is 1.1. Null for forms that no version is written
    /// in.</summary>
    private static string? NumberText(string number)
    {
        if (!number.All(c => char.IsAsciiDigit(c) || c == '.') || number.Length > 12)
            return null;
        var point = number.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
            return number;
        var (whole, rest) = (number[..point], number[(point + 1)..].TrimEnd('0'));
        return $"{(whole.Length == 0 ? "0" : whole)}.{(rest.Length == 0 ? "0" : rest)}";
    }

    /// <summary>What a module in the project's root, or in src, binds exactly once; unknown where that is no literal,
    /// or there are two such modules.</summary>
    public static PythonValue BoundOnce(ProjectFiles files, string module, string name)
    {
        List<string> found = [.. SourceRoots.Select(root => FileOf(files, module, [root])).OfType<string>()];
        return found is [var file] && files.Text(file) is { } text
            ? PythonModule.Read(text, files.Budget)?[name] ?? PythonValue.Unknown.Instance
            : PythonValue.Unknown.Instance;
    }

    /// <summary>Where a module lies, or null.</summary>
    public static string? FileOf(ProjectFiles files, string module, IReadOnlyList<string> roots)
    {
        var relative = module.Replace('.', '/');
        foreach (var root in roots)
        {
            var stem = root.Length == 0 ? relative : $"{root}/{relative}";
            if (files.Exists($"{stem}/__init__.py"))
                return $"{stem}/__init__.py";
            if (files.Exists($"{stem}.py"))
                return $"{stem}.py";
        }
        return null;
    }

    private static string? Of(ProjectFiles files, string module, string name, IReadOnlyList<string> roots, int hops)
    {
        if (
            hops > MostHops
            || FileOf(files, module, roots) is not { } file
            || files.Text(file) is not { } text
            || PythonModule.Read(text, files.Budget) is not { } read
        )
            return null;
        if (VersionText(read.FirstLiteral(name)) is { } first)
            return first;
        if (VersionText(read[name]) is { } version)
            return version;
        if (!read.Imported.TryGetValue(name, out var from))
            return null;
        var dots = from.Module.TakeWhile(c => c == '.').Count();
        if (dots == 0)
            return Of(files, from.Module, from.Name, roots, hops + 1);
        var parts = module.Split('.').ToList();
        if (!file.EndsWith("/__init__.py", StringComparison.Ordinal))
            parts.RemoveAt(parts.Count - 1);
        for (var i = 1; i < dots && parts.Count > 0; i++)
            parts.RemoveAt(parts.Count - 1);
        var rest = from.Module[dots..];
        return Of(files, string.Join('.', rest.Length > 0 ? parts.Append(rest) : parts), from.Name, roots, hops + 1);
    }

    /// <summary>The version by hatchling's default pattern: the first line <c>__version__ = "…"</c> or <c>VERSION =
    /// "…"</c>, a leading v dropped.</summary>
    public static string? FirstVersionLine(string text)
    {
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var rest = raw.AsSpan();
            if (rest.StartsWith("__version__", StringComparison.OrdinalIgnoreCase))
                rest = rest[11..];
            else if (rest.StartsWith("VERSION", StringComparison.OrdinalIgnoreCase))
                rest = rest[7..];
            else
                continue;
            rest = rest.TrimStart(' ');
            if (rest.StartsWith(":"))
            {
                rest = rest[1..].TrimStart(' ');
                if (!rest.StartsWith("str", StringComparison.Ordinal))
                    continue;
                rest = rest[3..].TrimStart(' ');
            }
            if (!rest.StartsWith("="))
                continue;
            rest = rest[1..].TrimStart(' ');
            if (rest.Length < 3 || rest[0] is not ('\'' or '"'))
                continue;
            var end = rest[1..].IndexOf(rest[0]);
            if (end > 0)
                return (rest[1] is 'v' or 'V' && end > 1 ? rest.Slice(2, end - 1) : rest.Slice(1, end)).ToString();
        }
        return null;
    }
}
