using Resolver.Archives.Reading;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.PyProjects;

namespace Resolver.Archives.Metadata;

/// <summary>Lists of requirements as setuptools takes them: comments and empty lines are dropped, a backslash joins
/// lines.</summary>
internal static class RequirementText
{
    private const int LongestLine = 64 << 10;

    /// <summary>The requirements of lines.</summary>
    /// <exception cref="ReadingBudgetException">The budget is spent.</exception>
    public static List<DeclaredRequirement> Lines(IEnumerable<string> lines, ReadingBudget budget)
    {
        var requirements = new List<DeclaredRequirement>();
        var pending = "";
        var number = 0;
        foreach (var raw in lines.SelectMany(l => l.ReplaceLineEndings("\n").Split('\n')))
        {
            number++;
            var line = WithoutComment(raw).Trim();
            if (line.EndsWith('\\') && pending.Length < LongestLine)
            {
                pending += line[..^1].TrimEnd() + " ";
                continue;
            }
            line = (pending + line).Trim();
            pending = "";
            budget.Spend(ReadingBudget.Step + line.Length);
            if (line.Length == 0)
                continue;
            budget.Spend(ReadingBudget.Requirement);
            requirements.Add(DeclaredRequirement.Read(line, number));
        }
        return requirements;
    }

    /// <summary>Adds the requirements of an <c>extras_require</c> key: <c>EXTRA</c>, <c>EXTRA:MARKER</c> or
    /// <c>:MARKER</c>.</summary>
    /// <returns>False where the key names no extra.</returns>
    /// <exception cref="ReadingBudgetException">The budget is spent.</exception>
    public static bool AddExtra(
        List<DeclaredRequirement> all,
        List<string> extras,
        string key,
        IEnumerable<DeclaredRequirement> requirements,
        ReadingBudget budget
    )
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var (name, marker) = colon < 0 ? (key.Trim(), "") : (key[..colon].Trim(), key[(colon + 1)..].Trim());
        var extra = ExtraName.TryParse(name);
        if (name.Length > 0 && !extra.Success)
            return false;
        if (name.Length > 0)
            extras.Add(name);
        foreach (var requirement in requirements)
        {
            // Each is rewritten with the condition, and read again.
            budget.Spend(ReadingBudget.Requirement + requirement.Text.Length + (long)ReadingBudget.Step * key.Length);
            var conditional = marker.Length == 0 ? requirement : requirement.Under($"({marker})");
            all.Add(name.Length == 0 ? conditional : ExtraRequirements.Of(conditional, extra.Value));
        }
        return true;
    }

    private static string WithoutComment(string line)
    {
        if (line.TrimStart().StartsWith('#'))
            return "";
        var at = line.IndexOf(" #", StringComparison.Ordinal);
        return at < 0 ? line : line[..at];
    }
}
