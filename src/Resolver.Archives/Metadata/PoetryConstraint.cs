using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Metadata;

/// <summary>Poetry's version constraints in the words of PEP 440 (Poetry, "Dependency specification").</summary>
internal static class PoetryConstraint
{
    private const int NewestMinor = 40;

    /// <summary>Clauses separated by commas, empty for any version; null where PEP 440 has no words for it:
    /// alternatives by <c>||</c> that leave a gap.</summary>
    public static string? ToSpecifiers(string constraint)
    {
        if (constraint.Contains('|', StringComparison.Ordinal))
            return Alternatives(constraint) is { } alternatives ? OneRange(alternatives) : null;
        var clauses = new List<string>();
        var parts = Separate(constraint);
        foreach (var part in parts)
        {
            if (part is "*" or "")
                continue;
            if (Clause(part) is not { } clause)
                return null;
            clauses.Add(clause);
        }
        return string.Join(",", clauses);
    }

    /// <summary>Requires-Python as Poetry writes it: of alternatives that leave gaps, those minor versions are
    /// excluded that none of them admits. Null where its text depends on how many Pythons Poetry knew.</summary>
    public static string? ToPython(string constraint)
    {
        if (ToSpecifiers(constraint) is { } plain)
        {
            // What it excludes is written with all minor releases that it knows.
            if (plain.Contains("!=", StringComparison.Ordinal))
                return null;
            // '3.8' is all of 3.8, and '3' all of 3.
            if (
                !plain.StartsWith("==", StringComparison.Ordinal)
                || plain.Contains(',', StringComparison.Ordinal)
                || plain.EndsWith(".*", StringComparison.Ordinal)
            )
                return plain;
            return plain[2..].Split('.') switch
            {
                [var major] => Clause($"^{major}.0"),
                [var major, var minor] => Clause($"~{major}.{minor}"),
                _ => plain,
            };
        }
        if (Alternatives(constraint) is not { } alternatives)
            return null;
        var union = Union(alternatives);
        var excluded = Enumerable
            .Range(0, NewestMinor)
            .Where(minor => union.IsDisjointFrom(Minor($"3.{minor}")))
            .ToList();
        // What excludes the newest ones is written differently by each release of Poetry.
        if (union.IsDisjointFrom(Minor("2.7")) || excluded.Contains(NewestMinor - 1))
            return null;
        return string.Join(",", excluded.Select(minor => $"!=3.{minor}.*").Prepend(">=2.7"));

        static VersionRanges Minor(string version) => SpecifierSet.Parse($"=={version}.*").Ranges;
    }

    private static List<SpecifierSet>? Alternatives(string constraint)
    {
        var sets = new List<SpecifierSet>();
        foreach (var part in constraint.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                ToSpecifiers(part.Trim()) is not { } specifiers
                || SpecifierSet.TryParse(specifiers) is not { Success: true } set
            )
                return null;
            sets.Add(set.Value);
        }
        return sets.Count > 0 ? sets : null;
    }

    private static VersionRanges Union(List<SpecifierSet> sets) =>
        sets.Aggregate(VersionRanges.Empty, (union, set) => union.Union(set.Ranges));

    /// <summary>Alternatives that touch are one range, from the lower bound of one to the upper bound of another: for
    /// Poetry <c>&lt;2</c> and <c>&gt;=2</c> leave nothing between them, not even 2's pre-releases.</summary>
    private static string? OneRange(List<SpecifierSet> sets)
    {
        if (sets.Exists(set => set.Specifiers.Count == 0))
            return "";
        var ranges = new List<(string? Lower, string? Upper)>();
        foreach (var clauses in sets.Select(set => set.Specifiers.Select(clause => clause.ToString()).ToList()))
        {
            var (lower, upper) = (clauses.Find(clause => clause[0] == '>'), clauses.Find(clause => clause[0] == '<'));
            if (clauses.Count != (lower is null ? 0 : 1) + (upper is null ? 0 : 1))
                return null;
            ranges.Add((lower, upper));
        }
        var ordered = ranges.OrderBy(range => range.Lower is not null).ThenBy(range => BoundOf(range.Lower)).ToList();
        var (first, last) = ordered[0];
        foreach (var (lower, upper) in ordered.Skip(1))
        {
            if (
                last is not null
                && lower is not null
                && (
                    BoundOf(lower) > BoundOf(last)
                    || (BoundOf(lower) == BoundOf(last) && lower[1] != '=' && last[1] != '=')
                )
            )
                return null;
            if (last is not null && (upper is null || BoundOf(upper) > BoundOf(last)))
                last = upper;
        }
        return string.Join(',', ((string?[])[first, last]).OfType<string>());
    }

    private static Version BoundOf(string? clause) =>
        clause is null ? default : Version.Parse(clause.TrimStart('<', '>', '='));

    /// <summary>Clauses stand between commas or spaces; a space may also stand behind an operator.</summary>
    private static IEnumerable<string> Separate(string constraint)
    {
        var clause = "";
        foreach (var word in constraint.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            clause += word;
            if (word.All(c => "<>=!~^".Contains(c)))
                continue;
            yield return clause;
            clause = "";
        }
        if (clause.Length > 0)
            yield return clause;
    }

    private static string? Clause(string part)
    {
        if (part.StartsWith('^'))
            return Range(part[1..], Caret);
        if (part.StartsWith('~') && !part.StartsWith("~=", StringComparison.Ordinal))
            return Range(part[1..], release => release.Length > 1 ? 1 : 0);
        if (part.StartsWith("~=", StringComparison.Ordinal))
            return Range(part[2..], release => Math.Max(0, release.Length - 2));
        if ("<>!=".Contains(part[0]))
            return part.StartsWith('=') && !part.StartsWith("==", StringComparison.Ordinal) ? "=" + part : part;
        return $"=={part}";
    }

    /// <summary><c>&gt;=V,&lt;W</c> where W is V's release with one number raised and those behind it zero.</summary>
    private static string? Range(string version, Func<int[], int> raised)
    {
        version = version.Trim().TrimStart('v');
        var release = version.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').ToArray();
        var numbers = new string(release).TrimEnd('.').Split('.');
        if (!numbers.All(n => n.Length is > 0 and < 10))
            return null;
        var values = numbers.Select(int.Parse).ToArray();
        var at = raised(values);
        for (var i = 0; i < values.Length; i++)
            values[i] =
                i < at ? values[i]
                : i == at ? values[i] + 1
                : 0;
        return $">={version},<{string.Join('.', values)}";
    }

    /// <summary>The first number that is not zero, or the last there is.</summary>
    private static int Caret(int[] release)
    {
        var at = Array.FindIndex(release, n => n > 0);
        return at < 0 ? release.Length - 1 : at;
    }
}
