using System.Text;
using Resolver.Archives.Reading;
using Resolver.Packaging.Metadata;

namespace Resolver.Archives.Metadata;

/// <summary><c>requires.txt</c> of an egg-info: requirements, then sections <c>[EXTRA]</c>, <c>[EXTRA:MARKER]</c>,
/// <c>[:MARKER]</c> (setuptools).</summary>
internal static class EggInfo
{
    public static (List<DeclaredRequirement> Requirements, List<string> Extras) ReadRequires(
        string text,
        ReadingBudget budget
    )
    {
        var all = new List<DeclaredRequirement>();
        var extras = new List<string>();
        string? section = null;
        var lines = new List<string>();
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                Flush();
                section = line[1..^1];
            }
            else if (line.Length > 0)
                lines.Add(line);
        }
        Flush();
        return (all, extras);

        void Flush()
        {
            var requirements = RequirementText.Lines(lines, budget);
            lines.Clear();
            if (section is null)
                all.AddRange(requirements);
            else
                RequirementText.AddExtra(all, extras, section, requirements, budget);
        }
    }

    /// <summary>The metadata that a wheel of it would have: <c>PKG-INFO</c> with what <c>requires.txt</c> says, which
    /// setuptools before 68 writes nowhere else.</summary>
    /// <param name="requires">Null where there is no such file: it requires nothing.</param>
    public static byte[] ToMetadata(byte[] info, string? requires)
    {
        if (requires is null || CoreMetadata.Read(info, "PKG-INFO").RequiresDist.Count > 0)
            return info;
        var (requirements, extras) = ReadRequires(requires, new ReadingBudget());
        var fields = string.Concat([
            .. extras.Select(extra => $"Provides-Extra: {extra}\n"),
            .. requirements.Select(requirement => $"Requires-Dist: {requirement.Text}\n"),
        ]);
        return [.. Encoding.UTF8.GetBytes(fields), .. info];
    }

    /// <summary>The only <c>*.egg-info</c> folder of a source project, at its root or in <c>src</c> or <c>lib</c>;
    /// null where there is none or the choice is unclear.</summary>
    public static string? Find(ProjectFiles files)
    {
        foreach (var parent in (string[])["", "src", "lib"])
        {
            var found = files
                .Folders(parent)
                .Where(f => f.EndsWith(".egg-info", StringComparison.OrdinalIgnoreCase))
                .ToList();
            if (found.Count > 1)
                return null;
            if (found.Count == 1)
                return parent.Length == 0 ? found[0] : $"{parent}/{found[0]}";
        }
        return null;
    }
}
