namespace Resolver.Archives.Metadata;

/// <summary>Poetry's version constraints in the words of PEP 440 (Poetry, "Dependency specification").</summary>
internal static class PoetryConstraint
{
    /// <summary>Clauses separated by commas, empty for any version; null where PEP 440 has no words for it (alternatives by <c>||</c>).</summary>
    public static string? ToSpecifiers(string constraint)
    {
        if (constraint.Contains('|', StringComparison.Ordinal)) return null;
        var clauses = new List<string>();
        var parts = Separate(constraint);
        foreach (var part in parts)
        {
            if (part is "*" or "") continue;
            if (Clause(part) is not { } clause) return null;
            clauses.Add(clause);
        }
        return string.Join(",", clauses);
    }

    /// <summary>Clauses stand between commas or spaces; a space may also stand behind an operator.</summary>
    private static IEnumerable<string> Separate(string constraint)
    {
        var clause = "";
        foreach (var word in constraint.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            clause += word;
            if (word.All(c => "<>=!~^".Contains(c))) continue;
            yield return clause;
            clause = "";
        }
        if (clause.Length > 0) yield return clause;
    }

    private static string? Clause(string part)
    {
        if (part.StartsWith('^')) return Range(part[1..], Caret);
        if (part.StartsWith('~') && !part.StartsWith("~=", StringComparison.Ordinal)) return Range(part[1..], release => release.Length > 1 ? 1 : 0);
        if ("<>!=~".Contains(part[0])) return part.StartsWith('=') && !part.StartsWith("==", StringComparison.Ordinal) ? "=" + part : part;
        return $"=={part}";
    }

    /// <summary><c>&gt;=V,&lt;W</c> where W is V's release with one number raised and those behind it zero.</summary>
    private static string? Range(string version, Func<int[], int> raised)
    {
        var release = version.TrimStart('v').TakeWhile(c => char.IsAsciiDigit(c) || c == '.').ToArray();
        var numbers = new string(release).TrimEnd('.').Split('.');
        if (!numbers.All(n => n.Length is > 0 and < 10)) return null;
        var values = numbers.Select(int.Parse).ToArray();
        var at = raised(values);
        for (var i = 0; i < values.Length; i++) values[i] = i < at ? values[i] : i == at ? values[i] + 1 : 0;
        return $">={version},<{string.Join('.', values)}";
    }

    /// <summary>The first number that is not zero, or the last there is.</summary>
    private static int Caret(int[] release)
    {
        var at = Array.FindIndex(release, n => n > 0);
        return at < 0 ? release.Length - 1 : at;
    }
}
